package dev.lifeline.query.application;

import dev.lifeline.events.Message;
import java.time.Duration;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives commands, and waits a little for their effect to be seen in the read model. */
public final class Commands {

    /** How often the read model is looked at although nothing was told, because the telling may have stopped. */
    private static final Duration LOOK_ANYWAY = Duration.ofMillis(500);

    private final ReadModel readModel;
    private final CommandMemory memory;
    private final CommandLog log;
    private final Signal.Source source;
    private final Duration patience;

    /**
     * @param patience how long an answer may wait for the effect
     */
    public Commands(
            ReadModel readModel, CommandMemory memory, CommandLog log, Signal.Source source, Duration patience) {
        this.readModel = readModel;
        this.memory = memory;
        this.log = log;
        this.source = source;
        this.patience = patience;
    }

    /**
     * What came of that command within the time that an answer may take. Fails with {@link AwayException} only where it may
     * not have been taken: once it is, it is pending however little can be read. Nothing is waited for that the command does
     * not need, lest the brake be slower than it can be, or not be pulled at all.
     */
    public Mono<CommandState> give(Message command, UUID commandId) {
        UUID userId = command.userId();
        Mono<Void> given = log.append(command).cache();
        return Flux.merge(told(userId), given.thenMany(looks(userId)))
                .doOnSubscribe(any -> memory.remember(userId, commandId))
                .onBackpressureLatest()
                .concatMap(user -> readModel.command(user, commandId).onErrorComplete(AwayException.class), 1)
                .next()
                .timeout(given.then(Mono.delay(patience)), Mono.just(new CommandState.Pending()));
    }

    /** What became of a command of that user; empty when he gave none of that id. */
    public Mono<CommandState> state(UUID userId, UUID commandId) {
        return readModel
                .command(userId, commandId)
                .switchIfEmpty(Mono.defer(() -> memory.knows(userId, commandId))
                        .filter(known -> known)
                        .map(known -> new CommandState.Pending()));
    }

    private static Flux<UUID> looks(UUID userId) {
        return Flux.interval(LOOK_ANYWAY).map(tick -> userId);
    }

    private Flux<UUID> told(UUID userId) {
        return source.signals()
                .filter(signal -> switch (signal) {
                    case Signal.Changed changed -> changed.users().contains(userId);
                    case Signal.AllChanged all -> true;
                    case Signal.Watching watching -> true;
                    case Signal.Lost lost -> false;
                    case Signal.Beat beat -> false;
                    case Signal.SignedOut out -> false;
                })
                .map(signal -> userId);
    }
}
