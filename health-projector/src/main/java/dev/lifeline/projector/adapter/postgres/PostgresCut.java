package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.projector.rebuild.Cut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads how far a read model has been folded. */
public final class PostgresCut {

    private PostgresCut() {}

    /** As the connection's transaction sees it. */
    public static Cut of(Connection connection, String schema) throws SQLException {
        String query = "SELECT projection, topic, partition, next_offset, caught_up_at FROM " + schema
                + ".projection_offset ORDER BY 1, 2, 3";
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet found = select.executeQuery()) {
            List<Cut.Part> parts = new ArrayList<>();
            while (found.next()) {
                OffsetDateTime caughtUp = found.getObject(5, OffsetDateTime.class);
                parts.add(new Cut.Part(
                        found.getString(1),
                        found.getString(2),
                        found.getInt(3),
                        found.getLong(4),
                        caughtUp == null ? null : caughtUp.toInstant()));
            }
            return new Cut(parts);
        }
    }
}
