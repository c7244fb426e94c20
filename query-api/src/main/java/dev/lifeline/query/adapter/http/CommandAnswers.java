package dev.lifeline.query.adapter.http;

import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.ApproveAction;
import dev.lifeline.events.AutonomyCommand.RejectAction;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Operator;
import dev.lifeline.events.UnreadableMessageException;
import dev.lifeline.events.rule.Wellformed;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.AwayException;
import dev.lifeline.query.application.CommandState;
import dev.lifeline.query.application.Commands;
import java.net.URI;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How requests become commands, and how commands are answered: done, not seen yet, or rejected. */
@Component
final class CommandAnswers {

    private static final Codec CODEC = new Codec();

    private final Commands commands;

    CommandAnswers(Commands commands) {
        this.commands = commands;
    }

    /** The body as that type; a {@link ProblemException} that names the field where it is not. */
    static <T> T body(Class<T> type, byte[] json) {
        return decoded(() -> CODEC.decodeValue(type, json));
    }

    /**
     * The same, but refuses members that the type does not have: for what must never mean more than was meant.
     *
     * @param besides members that may be there as well, such as those of an answer that is sent back changed
     */
    static <T> T exactBody(Class<T> type, byte[] json, String... besides) {
        return decoded(() -> CODEC.decodeExactly(type, json, besides));
    }

    private static <T> T decoded(Supplier<T> decoding) {
        try {
            return decoding.get();
        } catch (UnreadableMessageException e) {
            String wrong = String.valueOf(e.getMessage());
            throw ProblemException.malformed(wrong.startsWith("not ") ? "The body is " + wrong : wrong);
        }
    }

    /** What somebody said, if anything. */
    static @Nullable String reason(@Nullable String said) {
        Wellformed.demandReason(said);
        return said == null || said.isBlank() ? null : said;
    }

    /**
     * Gives the command, and answers with how things are then; where that can not be read, with no more than that it is
     * pending: a command that was taken is not to be given again.
     *
     * @param commandsAt under which address what became of it can be asked for
     * @param pending makes the body of what is not seen yet
     */
    <T> Mono<ResponseEntity<?>> give(
            AutonomyCommand command, String commandsAt, Supplier<Mono<T>> now, Function<T, T> pending) {
        ResponseEntity.BodyBuilder taken =
                ResponseEntity.accepted().location(URI.create(commandsAt + command.commandId()));
        ResponseEntity<?> unseen = taken.body(new Answers.Taken(true));
        return commands.give(command, command.commandId()).flatMap(state -> switch (state) {
            case CommandState.Done done ->
                now.get().<ResponseEntity<?>>map(ResponseEntity::ok).onErrorReturn(AwayException.class, unseen);
            case CommandState.Pending waiting ->
                now.get()
                        .<ResponseEntity<?>>map(body -> taken.body(pending.apply(body)))
                        .onErrorReturn(AwayException.class, unseen);
            case CommandState.Rejected rejected -> Mono.error(refusal(command, rejected));
        });
    }

    /** What is not the caller's is answered like what is not there; there is no other's brake than the operator's. */
    private static ProblemException refusal(AutonomyCommand command, CommandState.Rejected rejected) {
        String reason = Objects.requireNonNullElse(rejected.reason(), "This was not done.");
        return switch (Objects.requireNonNullElse(rejected.code(), "")) {
            case "malformed" -> ProblemException.malformed(reason);
            case "unknown" ->
                // Whose approval it is was looked at before: it was the caller's, and is not asked about any more.
                command instanceof ApproveAction || command instanceof RejectAction
                        ? ProblemException.conflict(reason, "withdrawn")
                        : ProblemException.notFound();
            case "not_allowed" ->
                command.userId().equals(Operator.ID) ? ProblemException.forbidden(reason) : ProblemException.notFound();
            default -> ProblemException.conflict(reason, rejected.code());
        };
    }
}
