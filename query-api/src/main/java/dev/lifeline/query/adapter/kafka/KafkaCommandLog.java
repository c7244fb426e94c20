package dev.lifeline.query.adapter.kafka;

import dev.lifeline.events.Message;
import dev.lifeline.query.application.AwayException;
import dev.lifeline.query.application.CommandLog;
import dev.lifeline.runtime.PublishFailedException;
import dev.lifeline.runtime.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The topic of commands. Handing over may block until the client knows the topic, so it has threads of its own. How long an
 * acknowledgement may take is the producer's to say, and not another clock's: what has failed is not sent any more.
 */
final class KafkaCommandLog implements CommandLog {

    private final Publisher publisher;
    private final Scheduler blocking;

    /** @param blocking whose threads may wait */
    KafkaCommandLog(Publisher publisher, Scheduler blocking) {
        this.publisher = publisher;
        this.blocking = blocking;
    }

    @Override
    public Mono<Void> append(Message command) {
        return Mono.defer(() -> Mono.fromFuture(publisher.publishAsync(command)))
                .subscribeOn(blocking)
                .onErrorMap(PublishFailedException.class, KafkaCommandLog::away);
    }

    private static AwayException away(Throwable failure) {
        return new AwayException("The command could not be handed over; giving it again does no harm.", failure);
    }
}
