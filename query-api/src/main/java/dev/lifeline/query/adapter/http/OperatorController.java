package dev.lifeline.query.adapter.http;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.ResolveUnreadable;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.rule.Wellformed;
import dev.lifeline.query.adapter.http.Answers.CommandBody;
import dev.lifeline.query.adapter.http.AutonomyAnswers.FleetBody;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.AutonomyModel;
import dev.lifeline.query.application.Caller;
import dev.lifeline.query.application.Commands;
import dev.lifeline.query.domain.Pauses.Pause;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How all are, and the operator's brakes. */
@RestController
final class OperatorController {

    private static final String COMMANDS = "/api/ops/commands/";
    private static final long NEVER_PAUSED = 0;

    private final AutonomyModel model;
    private final CommandAnswers answers;
    private final Commands commands;

    OperatorController(AutonomyModel model, CommandAnswers answers, Commands commands) {
        this.model = model;
        this.answers = answers;
        this.commands = commands;
    }

    /**
     * @param scope absent: everything
     * @param version of the pause to lift; absent: the one that is shown
     */
    record PauseRequest(
            boolean paused,
            @Nullable PauseScope scope,
            @Nullable String reason,
            @Nullable Long version) {}

    record Resolution(SourcePosition source) {}

    @GetMapping("/api/ops/fleet")
    Mono<FleetBody> fleet() {
        return model.fleet().map(FleetBody::of);
    }

    @PutMapping("/api/ops/autonomy-pause")
    Mono<ResponseEntity<?>> pause(@AuthenticationPrincipal Caller caller, @RequestBody byte[] body) {
        PauseRequest request = CommandAnswers.exactBody(PauseRequest.class, body);
        String reason = CommandAnswers.reason(request.reason());
        PauseScope scope = Objects.requireNonNullElse(request.scope(), PauseScope.EVERYTHING);
        if (request.paused()) {
            Wellformed.demand(scope);
        } else {
            Wellformed.demandLiftable(scope); // under whatever name an earlier release paused it
        }
        UUID actor = caller.person().userId();
        UUID id = UUID.randomUUID();
        Mono<AutonomyCommand> command = request.paused()
                ? Mono.just(new PauseAutonomy(Operator.ID, id, actor, ActorRole.OPERATOR, scope, reason))
                : versionToLift(request, scope)
                        .map(version -> new ResumeAutonomy(Operator.ID, id, actor, ActorRole.OPERATOR, scope, version));
        return command.flatMap(given -> answers.give(given, COMMANDS, this::fleet, FleetBody::stillPending));
    }

    /** A record that could not be read has been looked into. */
    @PostMapping("/api/ops/unreadable/resolve")
    Mono<ResponseEntity<?>> resolve(@AuthenticationPrincipal Caller caller, @RequestBody byte[] body) {
        SourcePosition source = CommandAnswers.body(Resolution.class, body).source();
        return answers.give(
                new ResolveUnreadable(
                        Operator.ID, UUID.randomUUID(), caller.person().userId(), ActorRole.OPERATOR, source),
                COMMANDS,
                this::fleet,
                FleetBody::stillPending);
    }

    @GetMapping("/api/ops/commands/{commandId}")
    Mono<CommandBody> command(@PathVariable("commandId") UUID commandId) {
        return commands.state(Operator.ID, commandId)
                .map(state -> CommandBody.of(commandId, state))
                .switchIfEmpty(Mono.error(ProblemException::notFound));
    }

    private Mono<Long> versionToLift(PauseRequest request, PauseScope scope) {
        return Mono.justOrEmpty(request.version())
                .switchIfEmpty(model.operatorPauses()
                        .map(pauses -> pauses.stream()
                                .filter(pause -> pause.scope().equals(scope))
                                .findFirst()
                                .map(Pause::version)
                                .orElseGet(() -> nothingToLift(pauses))));
    }

    /** No command lifts what an instance was started with; whoever tries must not be told that it is done. */
    private static long nothingToLift(List<Pause> pauses) {
        if (pauses.stream().anyMatch(pause -> pause.scope().kind() == PauseScope.Kind.ENVIRONMENT)) {
            throw ProblemException.conflict(
                    "Auto-execution is paused by the variable SKYTWIN_AUTO_EXECUTE_DISABLED: only starting the instances"
                            + " without it lifts that.",
                    "set_at_start");
        }
        return NEVER_PAUSED;
    }
}
