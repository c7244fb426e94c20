package dev.lifeline.bench.fold;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** A limit: nothing but rows of a plain table, reduced beforehand, upserted through unnest by one connection. */
final class UnnestUpsert implements Contestant {

    private static final String TABLE = """
            CREATE TABLE bare (user_id uuid, connector_name text, provider text, grant_id uuid, generation bigint,
                attempt bigint, condition text, consecutive_failures int, error_code text,
                PRIMARY KEY (user_id, connector_name))
            """;
    private static final String UPSERT = """
            INSERT INTO bare SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::bigint[], ?::bigint[],
                ?::text[], ?::int[], ?::text[])
            ON CONFLICT (user_id, connector_name) DO UPDATE SET generation = EXCLUDED.generation,
                attempt = EXCLUDED.attempt, condition = EXCLUDED.condition,
                consecutive_failures = EXCLUDED.consecutive_failures, error_code = EXCLUDED.error_code
            WHERE bare.attempt < EXCLUDED.attempt
            """;

    @Override
    public String name() {
        return "bare unnest upsert: rows only, reduced beforehand";
    }

    @Override
    public double run(Arena arena, Workload workload) throws Exception {
        List<Batches> batches = Batches.of(workload, arena.topicOf(workload));
        try (HikariDataSource database = arena.freshDatabase();
                Connection connection = database.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(TABLE);
            }
            connection.setAutoCommit(false);
            long begin = System.nanoTime();
            for (Batches batch : batches) {
                upsert(connection, batch);
                connection.commit();
            }
            return workload.events() * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static void upsert(Connection tx, Batches batch) throws Exception {
        var rows = batch.batch().rows();
        try (PreparedStatement upsert = tx.prepareStatement(UPSERT)) {
            upsert.setArray(
                    1,
                    tx.createArrayOf(
                            "uuid", rows.stream().map(row -> row.userId()).toArray(UUID[]::new)));
            upsert.setArray(
                    2,
                    tx.createArrayOf(
                            "text", rows.stream().map(row -> row.name()).toArray()));
            upsert.setArray(
                    3,
                    tx.createArrayOf(
                            "text",
                            rows.stream().map(row -> row.grant().provider()).toArray()));
            upsert.setArray(
                    4,
                    tx.createArrayOf(
                            "uuid", rows.stream().map(row -> row.grant().id()).toArray(UUID[]::new)));
            upsert.setObject(
                    5, rows.stream().mapToLong(row -> row.grant().generation()).toArray());
            upsert.setObject(6, rows.stream().mapToLong(row -> row.attempt()).toArray());
            upsert.setArray(
                    7,
                    tx.createArrayOf(
                            "text",
                            rows.stream().map(row -> row.condition().wireName()).toArray()));
            upsert.setObject(
                    8, rows.stream().mapToInt(row -> row.consecutiveFailures()).toArray());
            upsert.setArray(
                    9,
                    tx.createArrayOf(
                            "text",
                            rows.stream().map(row -> row.verdict().errorCode()).toArray()));
            upsert.executeUpdate();
        }
    }
}
