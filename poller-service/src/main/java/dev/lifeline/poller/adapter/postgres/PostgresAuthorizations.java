package dev.lifeline.poller.adapter.postgres;

import static dev.lifeline.poller.adapter.postgres.Database.interval;

import dev.lifeline.poller.application.Vault;
import dev.lifeline.poller.application.consent.Authorizations;
import dev.lifeline.poller.application.consent.Fingerprint;
import dev.lifeline.poller.application.consent.PendingAuthorization;
import dev.lifeline.poller.application.consent.Ticket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Tickets in {@code used_ticket}, authorizations in {@code pending_authorization}: a state only as its fingerprint, verifier
 * and nonce encrypted. What has expired is swept away by whoever comes next.
 */
public final class PostgresAuthorizations implements Authorizations {

    private static final String REDEEM =
            "INSERT INTO used_ticket (ticket_id, expires_at) VALUES (:ticket, :expires) ON CONFLICT DO NOTHING";

    /** A little longer than they are good, lest clocks disagree. */
    private static final String SWEEP_TICKETS = "DELETE FROM used_ticket WHERE expires_at < now() - interval '1 hour'";

    private static final String BEGIN = """
            INSERT INTO pending_authorization
                (state_hash, user_id, browser_hash, connector, provider, scopes, secrets, expires_at)
            VALUES (:state, :user, :browser, :connector, :provider, :scopes, :secrets, now() + :life::interval)""";

    private static final String SWEEP_PENDING = "DELETE FROM pending_authorization WHERE expires_at <= now()";

    private static final String FINISH = """
            DELETE FROM pending_authorization
            WHERE state_hash = :state AND browser_hash = :browser AND provider = :provider AND expires_at > now()
            RETURNING user_id, browser_hash, connector, provider, scopes, secrets""";

    private static final String SEPARATOR = " ";

    private final Database database;
    private final Vault vault;

    public PostgresAuthorizations(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public boolean redeem(Ticket ticket) {
        return database.inTransaction(sql -> {
            sql.sql(SWEEP_TICKETS).update();
            return sql.sql(REDEEM)
                            .param("ticket", ticket.id())
                            .param("expires", ticket.expiresAt().atOffset(ZoneOffset.UTC))
                            .update()
                    == 1;
        });
    }

    @Override
    public void begin(PendingAuthorization pending, String state, Duration life) {
        database.inTransaction(sql -> {
            sql.sql(SWEEP_PENDING).update();
            sql.sql(PostgresConsents.ENSURE_USER)
                    .param("user", pending.userId())
                    .update();
            return sql.sql(BEGIN)
                    .param("state", fingerprint(state))
                    .param("user", pending.userId())
                    .param("browser", pending.browserHash())
                    .param("connector", pending.connector())
                    .param("provider", pending.provider())
                    .param("scopes", pending.scopes().toArray(String[]::new))
                    .param("secrets", seal(pending))
                    .param("life", interval(life))
                    .update();
        });
    }

    @Override
    public Optional<PendingAuthorization> finish(String state, String browserHash, String provider) {
        return database.inTransaction(sql -> sql.sql(FINISH)
                .param("state", fingerprint(state))
                .param("browser", browserHash)
                .param("provider", provider)
                .query(this::pending)
                .optional());
    }

    private PendingAuthorization pending(ResultSet row, int number) throws SQLException {
        UUID userId = row.getObject("user_id", UUID.class);
        String provider = row.getString("provider");
        String[] secrets = open(row.getBytes("secrets"), userId, provider).split(SEPARATOR, 2);
        return new PendingAuthorization(
                userId,
                row.getString("connector"),
                provider,
                ClaimRow.texts(row.getArray("scopes")),
                row.getString("browser_hash"),
                secrets[0],
                secrets[1]);
    }

    private byte[] seal(PendingAuthorization pending) {
        String secrets = pending.codeVerifier() + SEPARATOR + pending.nonce();
        return vault.seal(secrets.getBytes(StandardCharsets.US_ASCII), pending.userId(), pending.provider());
    }

    private String open(byte[] sealed, UUID userId, String provider) {
        try {
            return new String(vault.open(sealed, userId, provider), StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "what was sealed minutes ago can not be opened: was the keyset replaced?", e);
        }
    }

    private static byte[] fingerprint(String state) {
        return Fingerprint.of(state).getBytes(StandardCharsets.US_ASCII);
    }
}
