package dev.lifeline.query.adapter.http;

import dev.lifeline.query.adapter.http.Answers.StatusBody;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.CommandState;
import dev.lifeline.query.application.ConnectorCommands;
import dev.lifeline.query.application.ConnectorCommands.Outcome;
import dev.lifeline.query.application.ConnectorCommands.Verb;
import dev.lifeline.query.application.ReadModel;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How a user's connectors are, and what he asks of them. */
@RestController
final class ConnectorsController {

    private final ReadModel readModel;
    private final ConnectorCommands commands;

    ConnectorsController(ReadModel readModel, ConnectorCommands commands) {
        this.readModel = readModel;
        this.commands = commands;
    }

    @GetMapping("/api/connectors/{userId}/status")
    Mono<StatusBody> status(@PathVariable("userId") UUID userId) {
        return readModel.snapshot(userId).map(snapshot -> StatusBody.of(userId, snapshot));
    }

    @PostMapping("/api/users/{userId}/connectors/{name}/disable")
    Mono<ResponseEntity<?>> disable(@PathVariable("userId") UUID userId, @PathVariable("name") String connector) {
        return give(userId, Verb.DISABLE, connector);
    }

    @PostMapping("/api/users/{userId}/connectors/{name}/enable")
    Mono<ResponseEntity<?>> enable(@PathVariable("userId") UUID userId, @PathVariable("name") String connector) {
        return give(userId, Verb.ENABLE, connector);
    }

    @DeleteMapping("/api/users/{userId}/connectors/{name}")
    Mono<ResponseEntity<?>> remove(@PathVariable("userId") UUID userId, @PathVariable("name") String connector) {
        return give(userId, Verb.REMOVE, connector);
    }

    private Mono<ResponseEntity<?>> give(UUID userId, Verb verb, String connector) {
        return commands.give(userId, verb, connector)
                .switchIfEmpty(Mono.error(ProblemException::notFound))
                .map(outcome -> answer(userId, outcome));
    }

    private static ResponseEntity<?> answer(UUID userId, Outcome outcome) {
        ResponseEntity.BodyBuilder taken = ResponseEntity.accepted()
                .location(URI.create("/api/users/" + userId + "/commands/" + outcome.commandId()));
        if (outcome.snapshot() == null) {
            return taken.body(new Answers.Taken(true));
        }
        StatusBody status = StatusBody.of(userId, outcome.snapshot());
        return switch (outcome.state()) {
            case CommandState.Done done -> ResponseEntity.ok(status);
            case CommandState.Pending pending -> taken.body(status.stillPending());
            case CommandState.Rejected rejected ->
                throw ProblemException.conflict(
                        "This was not done" + (rejected.reason() == null ? "." : ": " + rejected.reason()));
        };
    }
}
