package dev.lifeline.query.adapter.postgres;

import dev.lifeline.query.application.IssuedCommands;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The table {@code web.command_issued}. */
final class PostgresIssuedCommands implements IssuedCommands {

    private static final String REMEMBER = """
            WITH known AS (INSERT INTO web.users (user_id) VALUES ($1) ON CONFLICT DO NOTHING)
            INSERT INTO web.command_issued (user_id, command_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
            """;

    private static final String KNOWS = "SELECT 1 FROM web.command_issued WHERE user_id = $1 AND command_id = $2";

    private final Database database;

    PostgresIssuedCommands(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Void> remember(UUID userId, UUID commandId) {
        return database.guard(
                database.sql(REMEMBER).bind(0, userId).bind(1, commandId).then());
    }

    @Override
    public Mono<Boolean> knows(UUID userId, UUID commandId) {
        return database.guard(database.sql(KNOWS)
                .bind(0, userId)
                .bind(1, commandId)
                .map(row -> true)
                .one()
                .defaultIfEmpty(false));
    }
}
