package dev.lifeline.bench.decide;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** What a request must cost where its outcome is to be kept: one row written, and the commit waited for. */
final class BareCommits implements AutoCloseable {

    private static final String TEXT = "x".repeat(500);

    private final HikariDataSource database;

    BareCommits(HikariDataSource database) throws SQLException {
        this.database = database;
        execute("CREATE TABLE bare (id uuid PRIMARY KEY, number integer, text text)");
    }

    void commit(int number) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO bare VALUES (?, ?, ?)")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setInt(2, number);
            insert.setString(3, TEXT);
            insert.executeUpdate();
        }
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement executing = connection.createStatement()) {
            executing.execute(statement);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("DROP TABLE bare");
    }
}
