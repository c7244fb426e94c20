package dev.lifeline.poller.adapter.postgres;

import dev.lifeline.poller.application.consent.Consent;
import dev.lifeline.poller.application.consent.Consents;
import dev.lifeline.poller.application.polling.UnreadableCredentialException;
import dev.lifeline.poller.domain.grant.Credential;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Consents as grants and connectors; those of one user one after the other. */
public final class PostgresConsents implements Consents {

    static final String ENSURE_USER = "INSERT INTO users (user_id) VALUES (:user) ON CONFLICT DO NOTHING";

    /** One consent of a user's at a time; what only refers to the user, as a command does that holds his grant, goes on. */
    private static final String LOCK_USER = "SELECT FROM users WHERE user_id = :user FOR NO KEY UPDATE";

    private static final String EXPECTED = """
            SELECT c.name, g.account, c.grant_id = (
                SELECT o.grant_id FROM connector o WHERE o.user_id = :user AND o.name = :name) AS same_grant
            FROM connector c JOIN oauth_grant g ON g.grant_id = c.grant_id
            WHERE c.user_id = :user AND g.provider = :provider""";

    private static final String OTHER_ACCOUNT = """
            SELECT g.account FROM connector c JOIN oauth_grant g ON g.grant_id = c.grant_id
            WHERE c.user_id = :user AND c.name = ANY (:names)
              AND (g.provider, g.subject) <> (:provider, :subject)
            LIMIT 1""";

    private static final String EXISTING = """
            SELECT grant_id, credential, died_at IS NULL AS lives FROM oauth_grant
            WHERE user_id = :user AND provider = :provider AND subject = :subject FOR UPDATE""";

    /** Higher than the grant's own, and than any that one of its connectors has had on another grant. */
    private static final String NEXT_GENERATION = """
            SELECT 1 + greatest(
                (SELECT coalesce(max(generation), 0) FROM oauth_grant WHERE grant_id = :grant),
                (SELECT coalesce(max(announced_generation), 0) FROM connector
                 WHERE user_id = :user AND (name = ANY (:names) OR grant_id = :grant)))""";

    private static final String SAVE_GRANT = """
            INSERT INTO oauth_grant AS g
                (grant_id, user_id, provider, subject, account, generation, scopes, credential, credential_version)
            VALUES (:grant, :user, :provider, :subject, :account, :generation, :scopes, :credential, 1)
            ON CONFLICT (grant_id) DO UPDATE
            SET account = excluded.account, generation = excluded.generation, scopes = excluded.scopes,
                credential = excluded.credential, credential_version = g.credential_version + 1,
                refresh_in_doubt = false, refresh_holder = NULL, refresh_lease_until = NULL,
                died_at = NULL, death_code = NULL, consented_at = now(), updated_at = now()""";

    private static final String SAVE_CONNECTORS = """
            INSERT INTO connector AS c (user_id, name, provider, grant_id)
            SELECT :user, name, :provider, :grant FROM unnest(:names) AS name
            ON CONFLICT (user_id, name) DO UPDATE
            SET provider = excluded.provider, grant_id = excluded.grant_id, removed_at = NULL""";

    /** The higher attempt fences what is under way: its outcome belongs to the generation before. Tells which are read now. */
    private static final String MAKE_DUE = """
            WITH due AS (
                UPDATE connector
                SET attempt = attempt + 1, next_poll_at = now(), lease_holder = NULL, updated_at = now()
                WHERE grant_id = :grant
                RETURNING name, disabled)
            SELECT name FROM due WHERE NOT disabled""";

    private static final String KNOWS_ACCOUNT =
            "SELECT EXISTS (SELECT FROM oauth_grant WHERE provider = :provider AND subject = :subject)";

    private static final String EVER_HAD =
            "SELECT EXISTS (SELECT FROM connector WHERE user_id = :user AND name = ANY (:names))";

    private final Database database;
    private final Credentials credentials;
    private final Supplier<UUID> ids;

    /** @param ids random ones, for new grants */
    public PostgresConsents(Database database, Credentials credentials, Supplier<UUID> ids) {
        this.database = database;
        this.credentials = credentials;
        this.ids = ids;
    }

    @Override
    public Expected expected(UUID userId, String provider, String connector) {
        record Row(String name, String account, boolean sameGrant) {}
        List<Row> rows = database.inTransaction(sql -> sql.sql(EXPECTED)
                .param("user", userId)
                .param("name", connector)
                .param("provider", provider)
                .query((row, number) ->
                        new Row(row.getString("name"), row.getString("account"), row.getBoolean("same_grant")))
                .list());
        Optional<String> account =
                rows.stream().filter(Row::sameGrant).map(Row::account).findFirst();
        Set<String> names = rows.stream()
                .filter(row -> account.isEmpty() || row.sameGrant())
                .map(Row::name)
                .collect(Collectors.toUnmodifiableSet());
        return new Expected(account.orElse(null), names);
    }

    @Override
    public Saved save(Consent consent) {
        return database.inTransaction(sql -> {
            sql.sql(ENSURE_USER).param("user", consent.userId()).update();
            sql.sql(LOCK_USER).param("user", consent.userId()).query().listOfRows();
            return otherAccount(sql, consent)
                    .<Saved>map(Saved.OtherAccount::new)
                    .orElseGet(() -> keep(sql, consent));
        });
    }

    @Override
    public boolean knowsAccount(String provider, String subject) {
        return database.inTransaction(sql -> sql.sql(KNOWS_ACCOUNT)
                .param("provider", provider)
                .param("subject", subject)
                .query(Boolean.class)
                .single());
    }

    @Override
    public boolean everHad(UUID userId, Set<String> connectors) {
        return database.inTransaction(sql -> sql.sql(EVER_HAD)
                .param("user", userId)
                .param("names", names(connectors))
                .query(Boolean.class)
                .single());
    }

    private static Optional<String> otherAccount(JdbcClient sql, Consent consent) {
        return sql.sql(OTHER_ACCOUNT)
                .param("user", consent.userId())
                .param("names", names(consent.connectors()))
                .param("provider", consent.provider())
                .param("subject", consent.account().subject())
                .query(String.class)
                .optional();
    }

    private Saved keep(JdbcClient sql, Consent consent) {
        record Existing(UUID id, byte[] credential, boolean lives) {}
        Optional<Existing> existing = sql.sql(EXISTING)
                .param("user", consent.userId())
                .param("provider", consent.provider())
                .param("subject", consent.account().subject())
                .query((row, number) -> new Existing(
                        row.getObject("grant_id", UUID.class), row.getBytes("credential"), row.getBoolean("lives")))
                .optional();
        UUID grant = existing.map(Existing::id).orElseGet(ids);
        String refreshToken = consent.credential().refreshToken() != null
                ? consent.credential().refreshToken()
                : existing.filter(Existing::lives)
                        .map(it -> refreshToken(it.credential(), grant, consent))
                        .orElse(null);
        if (refreshToken == null) {
            return new Saved.NoRefreshToken();
        }
        long generation = nextGeneration(sql, consent, grant);
        saveGrant(sql, consent, grant, generation, refreshToken);
        sql.sql(SAVE_CONNECTORS)
                .param("user", consent.userId())
                .param("provider", consent.provider())
                .param("grant", grant)
                .param("names", names(consent.connectors()))
                .update();
        List<String> read = sql.sql(MAKE_DUE)
                .param("grant", grant)
                .query((row, number) -> row.getString("name"))
                .list();
        return new Saved.Kept(grant, generation, Set.copyOf(read));
    }

    private static long nextGeneration(JdbcClient sql, Consent consent, UUID grant) {
        return sql.sql(NEXT_GENERATION)
                .param("grant", grant)
                .param("user", consent.userId())
                .param("names", names(consent.connectors()))
                .query(Long.class)
                .single();
    }

    private void saveGrant(JdbcClient sql, Consent consent, UUID grant, long generation, String refreshToken) {
        Credential fresh = consent.credential();
        Credential credential = new Credential(fresh.accessToken(), refreshToken, fresh.refreshAt());
        sql.sql(SAVE_GRANT)
                .param("grant", grant)
                .param("user", consent.userId())
                .param("provider", consent.provider())
                .param("subject", consent.account().subject())
                .param("account", consent.account().name())
                .param("generation", generation)
                .param("scopes", names(consent.scopes()))
                .param("credential", credentials.write(credential, consent.userId(), consent.provider()))
                .update();
    }

    private @Nullable String refreshToken(byte[] sealed, UUID grant, Consent consent) {
        try {
            return credentials
                    .read(sealed, grant, consent.userId(), consent.provider())
                    .refreshToken();
        } catch (UnreadableCredentialException e) {
            return null;
        }
    }

    private static String[] names(Set<String> names) {
        return names.toArray(String[]::new);
    }
}
