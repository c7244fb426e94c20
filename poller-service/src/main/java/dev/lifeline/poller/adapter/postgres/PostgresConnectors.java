package dev.lifeline.poller.adapter.postgres;

import static dev.lifeline.poller.adapter.postgres.Database.interval;

import dev.lifeline.poller.application.polling.Connectors;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.connector.Conclusion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The schedule in the table {@code connector}. A claim moves the due time to the end of its lease, so that what is due, what
 * is taken and what is to come are told by one column and found by one index, in its order: as many rows are read as are
 * claimed, however many there are.
 */
public final class PostgresConnectors implements Connectors {

    static final String CLAIM_DUE = """
            WITH due AS (
                SELECT user_id, name, next_poll_at FROM connector
                WHERE name = :name AND next_poll_at <= now()
                ORDER BY next_poll_at
                LIMIT :most
                FOR UPDATE SKIP LOCKED)
            UPDATE connector c
            SET attempt = c.attempt + 1, lease_holder = :holder, next_poll_at = now() + :lease::interval, updated_at = now()
            FROM due, oauth_grant g
            WHERE c.user_id = due.user_id AND c.name = due.name AND g.grant_id = c.grant_id
            RETURNING %s, extract(epoch FROM now() - due.next_poll_at) AS late""".formatted(ClaimRow.COLUMNS);

    private static final String SET_BACK = """
            UPDATE connector SET next_poll_at = now(), updated_at = now()
            WHERE name = :name AND next_poll_at > now() AND updated_at > now() + interval '1 minute'""";

    // A turn may still be under way: it keeps what it had left when it was saved.
    private static final String SET_BACK_TURNS = """
            UPDATE oauth_grant SET refresh_lease_until = now() + (refresh_lease_until - updated_at), updated_at = now()
            WHERE refresh_lease_until > updated_at AND updated_at > now() + interval '1 minute'""";

    static final String UNTIL_NEXT = """
            SELECT extract(epoch FROM next_poll_at - now()) FROM connector
            WHERE name = :name AND next_poll_at IS NOT NULL
            ORDER BY next_poll_at
            LIMIT 1""";

    private static final String CONCLUDE = """
            UPDATE connector c
            SET announced_generation = greatest(c.announced_generation, :generation), introduced = true,
                cursor = :cursor, consecutive_failures = :failures, open_intervals = :open,
                failure_class = :failureClass, error_code = :errorCode,
                next_poll_at = CASE WHEN c.disabled OR g.died_at IS NOT NULL THEN NULL ELSE now() + :next::interval END,
                lease_holder = NULL, updated_at = now()
            FROM oauth_grant g
            WHERE c.user_id = :user AND c.name = :name AND c.attempt = :attempt
              AND c.removed_at IS NULL AND g.grant_id = c.grant_id""";

    /** Grants are locked before their connectors, here as everywhere. */
    static final String LOCK_GRANT = "SELECT FROM oauth_grant WHERE grant_id = :grant FOR UPDATE";

    private static final String DIE = """
            UPDATE oauth_grant
            SET died_at = now(), death_code = :code, refresh_holder = NULL, refresh_lease_until = NULL, updated_at = now()
            WHERE grant_id = :grant AND credential_version = :version AND died_at IS NULL""";

    /** But for those of which nobody was told that they are connected: that is published first. */
    private static final String UNSCHEDULE = """
            UPDATE connector c SET next_poll_at = NULL, updated_at = now()
            FROM oauth_grant g
            WHERE g.grant_id = :grant AND c.announced_generation >= g.generation AND (c.user_id, c.name) IN (
                SELECT user_id, name FROM connector WHERE grant_id = :grant ORDER BY name FOR UPDATE)""";

    /** One whose grant has died meanwhile, or that was due in spite of it, is due no more. */
    private static final String GIVE_BACK = """
            UPDATE connector c
            SET next_poll_at = CASE WHEN g.died_at IS NULL OR c.announced_generation < g.generation
                               THEN now() + :pause::interval END,
                lease_holder = NULL, updated_at = now()
            FROM oauth_grant g
            WHERE c.user_id = :user AND c.name = :name AND c.attempt = :attempt AND g.grant_id = c.grant_id""";

    private static final String FORGET_OWN_LEASES = """
            UPDATE connector SET next_poll_at = now(), lease_holder = NULL, updated_at = now()
            WHERE lease_holder = :holder AND next_poll_at IS NOT NULL""";

    /** Its death takes a grant's connectors off the schedule. When it outlives the refusal, since its credential has moved on, they stay. */
    private static final Duration DUE_UNLESS_DEAD = Duration.ZERO;

    private final Database database;
    private final String instance;

    /** @param instance who holds the leases that are taken here; no two running pollers have the same */
    public PostgresConnectors(Database database, String instance) {
        this.database = database;
        this.instance = instance;
    }

    /** Ends the leases of an earlier life of this instance, which can not be using them any more. */
    public void forgetOwnLeases() {
        database.inTransaction(
                sql -> sql.sql(FORGET_OWN_LEASES).param("holder", instance).update());
    }

    @Override
    public List<Claim> claimDue(String connector, int most, Duration lease) {
        return database.inTransaction(sql -> sql.sql(CLAIM_DUE)
                .param("name", connector)
                .param("most", most)
                .param("holder", instance)
                .param("lease", interval(lease))
                .query((row, number) -> ClaimRow.read(row, ClaimRow.seconds(row.getDouble("late"))))
                .list());
    }

    @Override
    public Optional<Duration> untilNextDue(String connector) {
        return database.inTransaction(sql -> sql.sql(UNTIL_NEXT)
                .param("name", connector)
                .query(Double.class)
                .optional()
                .map(seconds -> ClaimRow.seconds(Math.max(0, seconds))));
    }

    @Override
    public int makeDueAfterClockWasSetBack(String connector) {
        return database.inTransaction(sql -> {
            sql.sql(SET_BACK_TURNS).update();
            return sql.sql(SET_BACK).param("name", connector).update();
        });
    }

    /** The death of a grant counts only where the attempt still does: the fold ignores the event of one that was overtaken. */
    @Override
    public boolean conclude(Claim claim, Conclusion conclusion) {
        Long deadVersion = conclusion.deadVersion();
        return database.inTransaction(sql -> {
            if (deadVersion == null) {
                return save(sql, claim, conclusion, conclusion.next());
            }
            sql.sql(LOCK_GRANT).param("grant", claim.grantId()).query().listOfRows();
            boolean saved = save(sql, claim, conclusion, DUE_UNLESS_DEAD);
            if (saved) {
                die(sql, claim.grantId(), deadVersion, conclusion.failure());
            }
            return saved;
        });
    }

    @Override
    public void giveBack(Claim claim, Duration pause) {
        database.inTransaction(sql -> sql.sql(GIVE_BACK)
                .param("user", claim.userId())
                .param("name", claim.connector())
                .param("attempt", claim.attempt())
                .param("pause", interval(pause))
                .update());
    }

    private static void die(JdbcClient sql, UUID grant, long version, Conclusion.@Nullable Failure failure) {
        int died = sql.sql(DIE)
                .param("code", failure == null ? null : failure.errorCode())
                .param("grant", grant)
                .param("version", version)
                .update();
        if (died == 1) {
            sql.sql(UNSCHEDULE).param("grant", grant).update();
        }
    }

    private static boolean save(JdbcClient sql, Claim claim, Conclusion conclusion, @Nullable Duration next) {
        Conclusion.Failure failure = conclusion.failure();
        int saved = sql.sql(CONCLUDE)
                .param("generation", claim.generation())
                .param("cursor", conclusion.cursor())
                .param("failures", conclusion.breaker().failures())
                .param("open", conclusion.breaker().openIntervals())
                .param(
                        "failureClass",
                        failure == null ? null : failure.failureClass().name())
                .param("errorCode", failure == null ? null : failure.errorCode())
                .param("next", next == null ? null : interval(next))
                .param("user", claim.userId())
                .param("name", claim.connector())
                .param("attempt", claim.attempt())
                .update();
        return saved == 1;
    }
}
