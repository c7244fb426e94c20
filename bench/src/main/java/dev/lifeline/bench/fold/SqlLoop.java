package dev.lifeline.bench.fold;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.Topic;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A limit: the same rows, timeline and offsets, worked out beforehand, written by one connection as fast as it can. */
final class SqlLoop implements Contestant {

    @Override
    public String name() {
        return "bare SQL loop: the same rows, timeline, offsets, worked out beforehand";
    }

    @Override
    public double run(Arena arena, Workload workload) throws Exception {
        Topic topic = arena.topicOf(workload);
        List<Batches> batches = Batches.of(workload, topic);
        try (HikariDataSource database = arena.freshDatabase();
                Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (int partition = 0; partition < Arena.PARTITIONS; partition++) {
                begin(connection, topic, partition);
            }
            connection.commit();
            long begin = System.nanoTime();
            for (Batches batch : batches) {
                advance(connection, topic, batch);
                new PostgresReadModel(connection).save(batch.batch());
                connection.commit();
            }
            return workload.events() * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static void begin(Connection tx, Topic topic, int partition) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement(
                "INSERT INTO projection_offset (projection, topic, partition, next_offset) VALUES ('bench', ?, ?, 0)")) {
            statement.setString(1, topic.name());
            statement.setInt(2, partition);
            statement.executeUpdate();
        }
    }

    private static void advance(Connection tx, Topic topic, Batches batch) throws SQLException {
        try (PreparedStatement statement = tx.prepareStatement("UPDATE projection_offset SET next_offset = ?"
                + " WHERE projection = 'bench' AND topic = ? AND partition = ? AND next_offset = ?")) {
            statement.setLong(1, batch.to());
            statement.setString(2, topic.name());
            statement.setInt(3, batch.partition());
            statement.setLong(4, batch.from());
            statement.executeUpdate();
        }
    }
}
