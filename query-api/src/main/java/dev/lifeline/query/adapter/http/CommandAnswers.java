package dev.lifeline.query.adapter.http;

import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.Codec;
import dev.lifeline.events.UnreadableMessageException;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.CommandState;
import dev.lifeline.query.application.Commands;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How requests become commands, and how commands are answered: done, not seen yet, or rejected. */
@Component
final class CommandAnswers {

    static final int LONGEST_REASON = 500;

    private static final Codec CODEC = new Codec();

    private final Commands commands;

    CommandAnswers(Commands commands) {
        this.commands = commands;
    }

    /** The body as that type; a {@link ProblemException} that names the field where it is not. */
    static <T> T body(Class<T> type, byte[] json) {
        try {
            return CODEC.decodeValue(type, json);
        } catch (UnreadableMessageException e) {
            throw ProblemException.badRequest(e.getMessage() + ".");
        }
    }

    static void demandReason(@Nullable String reason) {
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw ProblemException.badRequest(
                    "reason has " + reason.length() + " characters; at most " + LONGEST_REASON + " are taken.");
        }
    }

    /**
     * Gives the command, and answers with how things are then.
     *
     * @param commandsAt under which address what became of it can be asked for
     * @param pending makes the body of what is not seen yet
     */
    <T> Mono<ResponseEntity<T>> give(
            AutonomyCommand command, String commandsAt, Supplier<Mono<T>> now, Function<T, T> pending) {
        return commands.give(command, command.commandId()).flatMap(state -> switch (state) {
            case CommandState.Done done -> now.get().map(ResponseEntity::ok);
            case CommandState.Pending waiting ->
                now.get()
                        .map(body -> ResponseEntity.accepted()
                                .location(URI.create(commandsAt + command.commandId()))
                                .body(pending.apply(body)));
            case CommandState.Rejected rejected ->
                Mono.error(ProblemException.conflict(
                        rejected.reason() == null ? "This was not done." : rejected.reason()));
        });
    }
}
