package dev.lifeline.query;

import dev.lifeline.events.Condition;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** The projector's tables, made by its own migration, with rows as it would write them. */
public final class ReadModelTables {

    public static final int PARTITIONS = 4;

    /** From when on the history tells: ten o'clock of yesterday. */
    public static final Instant TEN = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(14));

    public static final UUID GRANT = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
    private static final String PROJECTION = "lifeline-projector-connector-health";

    private final Database projector;
    private final Database web;
    private long offset;

    private ReadModelTables(Database projector, Database web) {
        this.projector = projector;
        this.web = web;
    }

    /** Makes them, and the role that may read them. */
    public static ReadModelTables in(Database database) {
        Database web = database.owner("lifeline_query", "web");
        Database projector = database.owner("lifeline_projector", "read_model");
        Flyway.configure()
                .dataSource(projector.jdbcUrl(), projector.user(), projector.password())
                .locations("classpath:db/read_model")
                .defaultSchema("read_model")
                .schemas("read_model")
                .createSchemas(false)
                .placeholders(Map.of("reader", "lifeline_query"))
                .load()
                .migrate();
        ReadModelTables tables = new ReadModelTables(projector, web);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            projector.execute("INSERT INTO projection_offset VALUES ('" + PROJECTION + "', '"
                    + Topics.CONNECTOR_EVENTS.name() + "', " + partition
                    + ", 0, now()), ('lifeline-projector-autonomy', '"
                    + Topics.AUTONOMY_EVENTS.name() + "', " + partition
                    + ", 0, now()), ('lifeline-projector-actions', '"
                    + Topics.ACTION_EVENTS.name() + "', " + partition + ", 0, now())");
        }
        return tables;
    }

    /** The projector's heartbeat, as of so long ago. */
    public void caughtUp(Duration ago) {
        projector.execute(
                "UPDATE projection_offset SET caught_up_at = now() - interval '" + ago.toMillis() + " milliseconds'");
    }

    /** Puts a connector on {@link #GRANT} into that condition, read last so long ago, and tells of it. */
    public void connector(UUID user, String name, Condition condition, Duration readAgo) {
        silently(user, name, condition, readAgo);
        tell(user.toString());
    }

    /** The same, but nobody is told. */
    public void silently(UUID user, String name, Condition condition, Duration readAgo) {
        knows(user);
        String read = "now() - interval '" + readAgo.toMillis() + " milliseconds'";
        projector.execute(("INSERT INTO connector_health VALUES ('%s', '%s', 'sandbox', 'someone@example.org', '%s', 1,"
                        + " 1, '%s', '%s', NULL, NULL, 0, %s, NULL, NULL, now(), NULL, now(), 1, '%s', 0, %d)"
                        + " ON CONFLICT (user_id, connector_name) DO UPDATE SET status = excluded.status,"
                        + " condition = excluded.condition, last_success_at = excluded.last_success_at,"
                        + " removed_at = NULL")
                .formatted(
                        user,
                        name,
                        GRANT,
                        condition.status().wireName(),
                        condition.wireName(),
                        read,
                        Topics.CONNECTOR_EVENTS.name(),
                        offset++));
    }

    /** What became of a command, and tells of it. */
    public void command(UUID user, UUID commandId, String state) {
        knows(user);
        projector.execute("INSERT INTO command VALUES ('" + user + "', '" + commandId + "', '" + state + "', "
                + (state.equals("rejected") ? "'it is not yours to ask'" : "NULL") + ", now())");
        tell(user.toString());
    }

    /** A change in the history, at that second from {@link #TEN} on. */
    public void change(UUID user, int second, String kind, String connector) {
        knows(user);
        projector.execute(("INSERT INTO timeline VALUES ('%s', '%s', 0, %d, 0,"
                        + " timestamptz '%s', '%s', '%s', 'ok',"
                        + " 'needs_reauth', 'invalid_grant', 'sandbox')")
                .formatted(user, Topics.CONNECTOR_EVENTS.name(), offset++, TEN.plusSeconds(second), kind, connector));
    }

    /** What the assistant did, on another topic and so many seconds into the day's tale. */
    public void act(UUID user, int second, String kind, String subject) {
        knows(user);
        projector.execute(
                ("INSERT INTO timeline (user_id, source_topic, source_partition, source_offset, ordinal, at, kind,"
                                + " subject) VALUES ('%s', '%s', 0, %d, 0,"
                                + " timestamptz '%s', '%s', '%s')")
                        .formatted(
                                user, Topics.ACTION_EVENTS.name(), offset++, TEN.plusSeconds(second), kind, subject));
    }

    /** A line that tells all that is known since lines do; {@code detail} is the JSON of the event. */
    public void tells(UUID user, int second, String kind, String detail) {
        knows(user);
        projector.execute(
                ("INSERT INTO timeline (user_id, source_topic, source_partition, source_offset, ordinal, at, kind,"
                                + " detail) VALUES ('%s', '%s', 0, %d, 0,"
                                + " timestamptz '%s', '%s', '%s')")
                        .formatted(
                                user, Topics.AUTONOMY_EVENTS.name(), offset++, TEN.plusSeconds(second), kind, detail));
    }

    /** A line of a connector that has come into a condition. */
    public void became(UUID user, int second, String name, Condition condition, String account) {
        knows(user);
        projector.execute(
                ("INSERT INTO timeline (user_id, source_topic, source_partition, source_offset, ordinal, at, kind,"
                                + " connector_name, to_condition, provider, grant_id, account, last_success_at)"
                                + " VALUES ('%s', '%s', 0, %d, 0, timestamptz '%s',"
                                + " 'condition_changed', '%s', '%s', 'sandbox', '%s', %s, timestamptz '%s')")
                        .formatted(
                                user,
                                Topics.CONNECTOR_EVENTS.name(),
                                offset++,
                                TEN.plusSeconds(second),
                                name,
                                condition.wireName(),
                                GRANT,
                                account.isEmpty() ? "NULL" : "'" + account + "'",
                                TEN));
    }

    /** What somebody has read that is another's, oldest first: whose, and where. */
    public List<String> readBy(UUID reader) {
        String all = web.value(
                "SELECT string_agg(coalesce(user_id::text, 'everybody') || ' ' || address, chr(10) ORDER BY id)"
                        + " FROM web.reading WHERE reader_id = '" + reader + "'");
        return all == null ? List.of() : List.of(all.split("\n"));
    }

    /** Hides a connector, as its removal does. */
    public void remove(UUID user, String name) {
        projector.execute("UPDATE connector_health SET removed_at = now() WHERE user_id = '" + user
                + "' AND connector_name = '" + name + "'");
        tell(user.toString());
    }

    /** Forgets all that is about users. */
    public void clear() {
        projector.execute("DELETE FROM users");
        projector.execute("DELETE FROM operator_pause");
        caughtUp(Duration.ZERO);
        tell("*");
    }

    /** Writes what the projector would. */
    public void execute(String sql) {
        projector.execute(sql);
    }

    public void tell(String payload) {
        projector.execute("SELECT pg_notify('read_model', '" + payload + "')");
    }

    private void knows(UUID user) {
        projector.execute("INSERT INTO users VALUES ('" + user + "') ON CONFLICT DO NOTHING");
    }
}
