package dev.lifeline.poller.adapter.postgres;

import dev.lifeline.poller.application.Vault;
import dev.lifeline.poller.application.polling.UnreadableCredentialException;
import dev.lifeline.poller.domain.grant.Credential;
import java.security.GeneralSecurityException;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Credentials as they lie in the column: JSON, sealed for their user and provider. */
public final class Credentials {

    private final JsonMapper json = JsonMapper.builder().build();
    private final Vault vault;

    public Credentials(Vault vault) {
        this.vault = vault;
    }

    /** Whether there are some of grants that live; none before the schema was made. */
    public static boolean areIn(Database database) {
        return database.inTransaction(sql -> sql.sql("SELECT to_regclass('oauth_grant') IS NOT NULL")
                        .query(Boolean.class)
                        .single()
                && sql.sql("SELECT EXISTS (SELECT FROM oauth_grant WHERE died_at IS NULL)")
                        .query(Boolean.class)
                        .single());
    }

    byte[] write(Credential credential, UUID userId, String provider) {
        return vault.seal(json.writeValueAsBytes(credential), userId, provider);
    }

    Credential read(byte[] sealed, UUID grantId, UUID userId, String provider) {
        try {
            return json.readValue(vault.open(sealed, userId, provider), Credential.class);
        } catch (GeneralSecurityException e) {
            throw new UnreadableCredentialException(grantId, e);
        } catch (JacksonException e) {
            e.clearLocation();
            throw new UnreadableCredentialException(grantId, new IllegalStateException("no credential in it"));
        }
    }
}
