package dev.lifeline.query.adapter.http;

import dev.lifeline.query.adapter.http.Answers.CommandBody;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.Commands;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What became of a command. */
@RestController
final class CommandsController {

    private final Commands commands;

    CommandsController(Commands commands) {
        this.commands = commands;
    }

    @GetMapping("/api/users/{userId}/commands/{commandId}")
    Mono<CommandBody> command(@PathVariable("userId") UUID userId, @PathVariable("commandId") UUID commandId) {
        return commands.state(userId, commandId)
                .map(state -> CommandBody.of(commandId, state))
                .switchIfEmpty(Mono.error(ProblemException::notFound));
    }
}
