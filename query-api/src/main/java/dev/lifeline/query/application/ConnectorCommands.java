package dev.lifeline.query.application;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.ConnectorCommand;
import dev.lifeline.events.ConnectorCommand.DisableConnector;
import dev.lifeline.events.ConnectorCommand.EnableConnector;
import dev.lifeline.events.ConnectorCommand.RemoveConnector;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Turns what a user asks of a connector into a command. */
public final class ConnectorCommands {

    private final ReadModel readModel;
    private final Commands commands;
    private final Supplier<UUID> ids;

    public ConnectorCommands(ReadModel readModel, Commands commands, Supplier<UUID> ids) {
        this.readModel = readModel;
        this.commands = commands;
        this.ids = ids;
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
     * @param snapshot the user's connectors, read after {@code state} was; absent where they can not be read, and then it is
     *     not said either what came of it
     */
    public record Outcome(
            UUID commandId, CommandState state, @Nullable Snapshot snapshot) {}

    /** Asks that of the user's connector; empty when he has no connector of that name. */
    public Mono<Outcome> give(UUID userId, Verb verb, String connector) {
        ConnectorCommand command = command(userId, verb, connector);
        return readModel
                .snapshot(userId)
                .filter(snapshot -> snapshot.reading().rows().stream()
                        .anyMatch(row -> row.name().equals(connector)))
                .flatMap(snapshot -> commands.give(command, command.commandId()))
                .flatMap(state -> readModel
                        .snapshot(userId)
                        .map(snapshot -> new Outcome(command.commandId(), state, snapshot))
                        .onErrorReturn(
                                AwayException.class,
                                new Outcome(command.commandId(), new CommandState.Pending(), null)));
    }

    private ConnectorCommand command(UUID userId, Verb verb, String connector) {
        UUID id = ids.get();
        return switch (verb) {
            case DISABLE -> new DisableConnector(userId, id, connector, userId, ActorRole.USER);
            case ENABLE -> new EnableConnector(userId, id, connector, userId, ActorRole.USER);
            case REMOVE -> new RemoveConnector(userId, id, connector, userId, ActorRole.USER);
        };
    }
}
