package dev.lifeline.query.application;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.ConnectorCommand;
import dev.lifeline.events.ConnectorCommand.DisableConnector;
import dev.lifeline.events.ConnectorCommand.EnableConnector;
import dev.lifeline.events.ConnectorCommand.RemoveConnector;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Turns what a user asks of a connector into a command, and waits a little for its effect. */
public final class ConnectorCommands {

    /** How often the read model is looked at although nothing was told, because the telling may have stopped. */
    private static final Duration LOOK_ANYWAY = Duration.ofMillis(500);

    private final ReadModel readModel;
    private final IssuedCommands issued;
    private final CommandLog log;
    private final Signal.Source source;
    private final Supplier<UUID> ids;
    private final Duration patience;

    /**
     * @param patience how long an answer may wait for the effect
     */
    public ConnectorCommands(
            ReadModel readModel,
            IssuedCommands issued,
            CommandLog log,
            Signal.Source source,
            Supplier<UUID> ids,
            Duration patience) {
        this.readModel = readModel;
        this.issued = issued;
        this.log = log;
        this.source = source;
        this.ids = ids;
        this.patience = patience;
    }

    /** What can be asked. */
    public enum Verb {
        DISABLE,
        ENABLE,
        REMOVE
    }

    /**
     * What came of it within the time that an answer may take.
     *
     * @param snapshot the user's connectors, read after {@code state} was
     */
    public record Outcome(UUID commandId, CommandState state, Snapshot snapshot) {}

    /** Asks that of the user's connector; empty when he has no connector of that name. */
    public Mono<Outcome> give(UUID userId, Verb verb, String connector) {
        return readModel
                .snapshot(userId)
                .filter(snapshot -> snapshot.reading().rows().stream()
                        .anyMatch(row -> row.name().equals(connector)))
                .flatMap(snapshot -> append(command(userId, verb, connector)))
                .flatMap(command -> awaitEffect(userId, command.commandId()));
    }

    /** What became of a command of that user; empty when he gave none of that id. */
    public Mono<CommandState> state(UUID userId, UUID commandId) {
        return readModel
                .command(userId, commandId)
                .switchIfEmpty(Mono.defer(() -> issued.knows(userId, commandId))
                        .filter(known -> known)
                        .map(known -> new CommandState.Pending()));
    }

    private ConnectorCommand command(UUID userId, Verb verb, String connector) {
        UUID id = ids.get();
        return switch (verb) {
            case DISABLE -> new DisableConnector(userId, id, connector, userId, ActorRole.USER);
            case ENABLE -> new EnableConnector(userId, id, connector, userId, ActorRole.USER);
            case REMOVE -> new RemoveConnector(userId, id, connector, userId, ActorRole.USER);
        };
    }

    private Mono<ConnectorCommand> append(ConnectorCommand command) {
        return issued.remember(command.userId(), command.commandId())
                .then(log.append(command))
                .thenReturn(command);
    }

    private Mono<Outcome> awaitEffect(UUID userId, UUID commandId) {
        return Flux.merge(
                        told(userId), Flux.interval(Duration.ZERO, LOOK_ANYWAY).map(tick -> userId))
                .onBackpressureLatest()
                .concatMap(user -> readModel.command(user, commandId), 1)
                .next()
                .timeout(patience, Mono.just(new CommandState.Pending()))
                .flatMap(state -> readModel.snapshot(userId).map(snapshot -> new Outcome(commandId, state, snapshot)));
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
