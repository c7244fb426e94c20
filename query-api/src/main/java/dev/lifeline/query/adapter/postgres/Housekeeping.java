package dev.lifeline.query.adapter.postgres;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Throws away, once an hour, the sessions that have expired and the ids of commands that nobody asks for any more. */
final class Housekeeping implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration EVERY = Duration.ofHours(1);

    /** Told like a sign-out, for a stream may be open that nobody has asked beside. */
    private static final String EXPIRED = """
            WITH ended AS (
                DELETE FROM web.session WHERE expires_at < now() OR last_used_at < now() - make_interval(secs => $1)
                RETURNING name
            )
            SELECT pg_notify('%s', name)::text FROM ended
            """.formatted(PostgresSignals.SESSION_ENDED);

    /** As long as the commands themselves lie in the log. */
    private static final String FORGOTTEN =
            "DELETE FROM web.command_issued WHERE issued_at < now() - interval '30 days'";

    private final Database database;
    private final Duration idle;
    private final Disposable.Swap running = Disposables.swap();

    Housekeeping(Database database, Duration idle) {
        this.database = database;
        this.idle = idle;
    }

    @Override
    public void start() {
        running.update(Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> clean())
                .subscribe());
    }

    Mono<Void> clean() {
        return database.guard(database.sql(EXPIRED)
                        .bind(0, (double) idle.toSeconds())
                        .then()
                        .then(database.sql(FORGOTTEN).then()))
                .onErrorResume(failure -> {
                    log.info("expired sessions stay until the next hour: {}", failure.toString());
                    return Mono.empty();
                });
    }

    @Override
    public void stop() {
        running.update(Disposables.disposed());
    }

    @Override
    public boolean isRunning() {
        Disposable current = running.get();
        return current != null && !current.isDisposed();
    }
}
