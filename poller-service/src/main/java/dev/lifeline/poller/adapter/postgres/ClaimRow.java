package dev.lifeline.poller.adapter.postgres;

import dev.lifeline.poller.domain.connector.Breaker;
import dev.lifeline.poller.domain.connector.Claim;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** A claimed row of {@code connector c} beside that of its {@code oauth_grant g}. */
final class ClaimRow {

    static final String COLUMNS = """
            c.user_id, c.name, c.provider, c.grant_id, g.generation, c.announced_generation, c.introduced, c.attempt, \
            g.scopes, g.account, c.cursor, c.consecutive_failures, c.open_intervals, c.disabled""";

    private ClaimRow() {}

    static Claim read(ResultSet row, Duration lateness) throws SQLException {
        return new Claim(
                row.getObject("user_id", UUID.class),
                row.getString("name"),
                row.getString("provider"),
                row.getObject("grant_id", UUID.class),
                row.getLong("generation"),
                row.getLong("announced_generation"),
                row.getBoolean("introduced"),
                row.getLong("attempt"),
                texts(row.getArray("scopes")),
                row.getString("account"),
                row.getString("cursor"),
                new Breaker(row.getInt("consecutive_failures"), row.getInt("open_intervals")),
                row.getBoolean("disabled"),
                lateness);
    }

    static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
