package dev.lifeline.query.adapter.postgres;

import dev.lifeline.query.application.Readings;
import io.r2dbc.spi.Parameters;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The table {@code web.reading}. An open page asks the same every few seconds: that is noted once a minute. */
final class PostgresReadings implements Readings {

    private static final int LONGEST_ADDRESS = 1_000;

    private static final String NOTE = """
            WITH known AS (INSERT INTO web.users (user_id) SELECT $2 WHERE $2 IS NOT NULL ON CONFLICT DO NOTHING)
            INSERT INTO web.reading (reader_id, user_id, address) SELECT $1, $2, $3
            WHERE NOT EXISTS (
                SELECT FROM web.reading
                WHERE reader_id = $1 AND user_id IS NOT DISTINCT FROM $2 AND address = $3
                  AND read_at > now() - interval '1 minute')
            """;

    private final Database database;

    PostgresReadings(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Void> note(UUID readerId, @Nullable UUID userId, String address) {
        return database.guard(database.sql(NOTE)
                .bind(0, readerId)
                .bind(1, userId == null ? Parameters.in(UUID.class) : Parameters.in(userId))
                .bind(2, address.substring(0, Math.min(address.length(), LONGEST_ADDRESS)))
                .then());
    }
}
