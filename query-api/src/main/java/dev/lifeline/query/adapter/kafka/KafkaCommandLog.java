package dev.lifeline.query.adapter.kafka;

import dev.lifeline.events.Message;
import dev.lifeline.query.application.AwayException;
import dev.lifeline.query.application.CommandLog;
import dev.lifeline.runtime.PublishFailedException;
import dev.lifeline.runtime.Publisher;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The topic of commands. Handing over may block until the client knows the topic, so it has threads of its own. */
final class KafkaCommandLog implements CommandLog {

    private final Publisher publisher;
    private final Scheduler blocking;
    private final Duration patience;

    /**
     * @param blocking whose threads may wait
     * @param patience how long an acknowledgement may take
     */
    KafkaCommandLog(Publisher publisher, Scheduler blocking, Duration patience) {
        this.publisher = publisher;
        this.blocking = blocking;
        this.patience = patience;
    }

    @Override
    public Mono<Void> append(Message command) {
        return Mono.defer(() -> Mono.fromFuture(publisher.publishAsync(command)))
                .subscribeOn(blocking)
                .timeout(patience)
                .onErrorMap(KafkaCommandLog::isAway, KafkaCommandLog::away);
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof PublishFailedException || failure instanceof TimeoutException;
    }

    private static AwayException away(Throwable failure) {
        return new AwayException("The command could not be handed over; giving it again does no harm.", failure);
    }
}
