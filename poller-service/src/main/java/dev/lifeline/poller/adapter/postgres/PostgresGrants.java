package dev.lifeline.poller.adapter.postgres;

import static dev.lifeline.poller.adapter.postgres.Database.interval;

import dev.lifeline.poller.application.polling.Grants;
import dev.lifeline.poller.domain.grant.Credential;
import dev.lifeline.poller.domain.grant.Grant;
import dev.lifeline.poller.domain.grant.RefreshTurn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Grants in the table {@code oauth_grant}. */
public final class PostgresGrants implements Grants {

    static final String COLUMNS = """
            g.grant_id, g.user_id, g.provider, g.subject, g.account, g.generation, g.scopes, g.credential, \
            g.credential_version, g.died_at""";

    private static final String FIND = "SELECT " + COLUMNS + " FROM oauth_grant g WHERE g.grant_id = :grant";

    private static final String TAKE_TURN = """
            WITH before AS (
                SELECT grant_id, refresh_in_doubt, EXISTS (
                    SELECT FROM oauth_grant o WHERE o.provider = g.provider AND o.rotates) AS provider_rotates
                FROM oauth_grant g
                WHERE grant_id = :grant AND credential_version = :version AND died_at IS NULL
                  AND (refresh_lease_until IS NULL OR refresh_lease_until <= now())
                FOR UPDATE OF g SKIP LOCKED)
            UPDATE oauth_grant g
            SET refresh_holder = :holder, refresh_instance = :instance, refresh_lease_until = now() + :lease::interval,
                refresh_in_doubt = true, updated_at = now()
            FROM before WHERE g.grant_id = before.grant_id
            RETURNING before.refresh_in_doubt AS was_in_doubt, before.provider_rotates, %s""".formatted(COLUMNS);

    private static final String SAVE_REFRESHED = """
            UPDATE oauth_grant g
            SET credential = :credential, credential_version = g.credential_version + 1, rotates = g.rotates OR :rotated,
                refresh_in_doubt = false, refresh_holder = NULL, refresh_lease_until = NULL, updated_at = now()
            WHERE g.grant_id = :grant AND g.credential_version = :version AND g.refresh_holder = :holder
            RETURNING %s""".formatted(COLUMNS);

    private static final String HOLDS = """
            SELECT count(*) FROM oauth_grant
            WHERE grant_id = :grant AND credential_version = :version AND refresh_holder = :holder""";

    private static final String END_TURN = """
            UPDATE oauth_grant
            SET refresh_holder = NULL, refresh_lease_until = NULL, refresh_in_doubt = :inDoubt, updated_at = now()
            WHERE grant_id = :grant AND refresh_holder = :holder""";

    private static final String FORGET_OWN_TURNS = """
            UPDATE oauth_grant SET refresh_holder = NULL, refresh_lease_until = NULL, updated_at = now()
            WHERE refresh_instance = :instance AND refresh_holder IS NOT NULL""";

    private final Database database;
    private final Credentials credentials;
    private final Supplier<UUID> ids;
    private final String instance;

    /**
     * @param ids random ones, which tell turns apart
     * @param instance who takes turns here; no two running pollers have the same
     */
    public PostgresGrants(Database database, Credentials credentials, Supplier<UUID> ids, String instance) {
        this.database = database;
        this.credentials = credentials;
        this.ids = ids;
        this.instance = instance;
    }

    /** Ends the turns of an earlier life of this instance. What it sent last stays in doubt. */
    public void forgetOwnTurns() {
        database.inTransaction(
                sql -> sql.sql(FORGET_OWN_TURNS).param("instance", instance).update());
    }

    @Override
    public Optional<Grant> find(UUID grantId) {
        return database.inTransaction(
                sql -> sql.sql(FIND).param("grant", grantId).query(this::grant).optional());
    }

    @Override
    public Optional<RefreshTurn> takeTurn(UUID grantId, long version, Duration lease) {
        UUID holder = ids.get();
        return database.inTransaction(sql -> sql.sql(TAKE_TURN)
                .param("grant", grantId)
                .param("version", version)
                .param("holder", holder)
                .param("instance", instance)
                .param("lease", interval(lease))
                .query((row, number) -> new RefreshTurn(
                        grant(row, number), holder, row.getBoolean("was_in_doubt"), row.getBoolean("provider_rotates")))
                .optional());
    }

    @Override
    public Optional<Grant> saveRefreshed(RefreshTurn turn, Credential credential, boolean rotated) {
        Grant grant = turn.grant();
        return database.inTransaction(sql -> sql.sql(SAVE_REFRESHED)
                .param("credential", credentials.write(credential, grant.userId(), grant.provider()))
                .param("rotated", rotated)
                .param("grant", grant.id())
                .param("version", turn.version())
                .param("holder", turn.holder())
                .query(this::grant)
                .optional());
    }

    @Override
    public boolean holds(RefreshTurn turn) {
        return database.inTransaction(sql -> sql.sql(HOLDS)
                        .param("grant", turn.grant().id())
                        .param("version", turn.version())
                        .param("holder", turn.holder())
                        .query(Integer.class)
                        .single())
                == 1;
    }

    @Override
    public void endTurn(RefreshTurn turn, boolean inDoubt) {
        database.inTransaction(sql -> sql.sql(END_TURN)
                .param("grant", turn.grant().id())
                .param("holder", turn.holder())
                .param("inDoubt", inDoubt)
                .update());
    }

    private Grant grant(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("grant_id", UUID.class);
        UUID userId = row.getObject("user_id", UUID.class);
        String provider = row.getString("provider");
        return new Grant(
                id,
                userId,
                provider,
                row.getString("subject"),
                row.getString("account"),
                row.getLong("generation"),
                ClaimRow.texts(row.getArray("scopes")),
                credentials.read(row.getBytes("credential"), id, userId, provider),
                row.getLong("credential_version"),
                row.getObject("died_at") != null);
    }
}
