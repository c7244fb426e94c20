package dev.lifeline.query.adapter.postgres;

import dev.lifeline.query.application.AwayException;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The database, which answers in time or is away: nobody waits longer than {@code patience}, and every way of not
 * answering is the same {@link AwayException}. Whatever else fails is a bug and stays what it is.
 */
final class Database {

    /** No such table, no such schema, not allowed: the projector has not made its tables yet. */
    private static final Set<String> NOT_THERE_YET = Set.of("42P01", "3F000", "42501");

    private final DatabaseClient client;
    private final Duration patience;

    Database(DatabaseClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    DatabaseClient.GenericExecuteSpec sql(String sql) {
        return client.sql(sql);
    }

    <T> Mono<T> guard(Mono<T> statement) {
        return statement.timeout(patience).onErrorMap(Database::isAway, Database::away);
    }

    <T> Flux<T> guard(Flux<T> statement) {
        return statement.timeout(Mono.delay(patience)).onErrorMap(Database::isAway, Database::away);
    }

    private static boolean isAway(Throwable failure) {
        return switch (failure) {
            case TimeoutException timeout -> true;
            case TransientDataAccessException passing -> true;
            case DataAccessResourceFailureException unreachable -> true;
            case DataAccessException other -> other.getCause() instanceof R2dbcException cause && notThereYet(cause);
            default -> false;
        };
    }

    private static boolean notThereYet(R2dbcException cause) {
        return cause.getSqlState() != null && NOT_THERE_YET.contains(cause.getSqlState());
    }

    private static AwayException away(Throwable failure) {
        return new AwayException("The database does not answer.", failure);
    }
}
