package dev.lifeline.query.adapter.http;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.PutPolicy;
import dev.lifeline.events.AutonomyCommand.RemovePolicy;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.AutonomyCommand.UpdateAutonomySettings;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.query.adapter.http.AutonomyAnswers.PoliciesBody;
import dev.lifeline.query.adapter.http.AutonomyAnswers.SettingsBody;
import dev.lifeline.query.adapter.http.AutonomyAnswers.StateBody;
import dev.lifeline.query.application.AutonomyModel;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a user lets his assistant do, and the brake. */
@RestController
final class AutonomyController {

    private final AutonomyModel model;
    private final CommandAnswers answers;

    AutonomyController(AutonomyModel model, CommandAnswers answers) {
        this.model = model;
        this.answers = answers;
    }

    /** @param version of the pause to lift; absent: the one that is shown */
    record PauseRequest(
            boolean paused,
            @Nullable String reason,
            @Nullable Long version) {}

    record PolicyRequest(
            String name, @Nullable String description, int priority, boolean enabled, List<Policy.Rule> rules) {}

    @GetMapping("/api/users/{userId}/autonomy-state")
    Mono<StateBody> state(@PathVariable("userId") UUID userId) {
        return model.state(userId).map(state -> StateBody.of(userId, state));
    }

    @PutMapping("/api/users/{userId}/autonomy-pause")
    Mono<ResponseEntity<StateBody>> pause(@PathVariable("userId") UUID userId, @RequestBody byte[] body) {
        PauseRequest request = CommandAnswers.body(PauseRequest.class, body);
        CommandAnswers.demandReason(request.reason());
        UUID id = UUID.randomUUID();
        return model.state(userId)
                .<AutonomyCommand>map(state -> request.paused()
                        ? new PauseAutonomy(userId, id, userId, ActorRole.USER, PauseScope.EVERYTHING, request.reason())
                        : new ResumeAutonomy(
                                userId, id, userId, ActorRole.USER, PauseScope.EVERYTHING, version(request, state)))
                .flatMap(command ->
                        answers.give(command, commandsOf(userId), () -> state(userId), StateBody::stillPending));
    }

    private static long version(PauseRequest request, AutonomyModel.State state) {
        if (request.version() != null) {
            return request.version();
        }
        return state.pauses().own() == null ? 0 : state.pauses().own().version();
    }

    @GetMapping("/api/users/{userId}/autonomy-settings")
    Mono<SettingsBody> settings(@PathVariable("userId") UUID userId) {
        return model.settings(userId).map(settings -> new SettingsBody(settings, null));
    }

    @PutMapping("/api/users/{userId}/autonomy-settings")
    Mono<ResponseEntity<SettingsBody>> set(@PathVariable("userId") UUID userId, @RequestBody byte[] body) {
        AutonomySettings settings = CommandAnswers.body(AutonomySettings.class, body);
        return answers.give(
                new UpdateAutonomySettings(userId, UUID.randomUUID(), userId, ActorRole.USER, settings),
                commandsOf(userId),
                () -> settings(userId),
                SettingsBody::stillPending);
    }

    @GetMapping("/api/users/{userId}/policies")
    Mono<PoliciesBody> policies(@PathVariable("userId") UUID userId) {
        return model.policies(userId).map(policies -> new PoliciesBody(policies, null));
    }

    @PutMapping("/api/users/{userId}/policies/{policyId}")
    Mono<ResponseEntity<PoliciesBody>> put(
            @PathVariable("userId") UUID userId, @PathVariable("policyId") UUID policyId, @RequestBody byte[] body) {
        PolicyRequest request = CommandAnswers.body(PolicyRequest.class, body);
        String description = request.description() == null ? "" : request.description();
        Policy policy = new Policy(
                policyId, request.name(), description, request.priority(), request.enabled(), request.rules());
        return answers.give(
                new PutPolicy(userId, UUID.randomUUID(), userId, ActorRole.USER, policy),
                commandsOf(userId),
                () -> policies(userId),
                PoliciesBody::stillPending);
    }

    @DeleteMapping("/api/users/{userId}/policies/{policyId}")
    Mono<ResponseEntity<PoliciesBody>> remove(
            @PathVariable("userId") UUID userId, @PathVariable("policyId") UUID policyId) {
        return answers.give(
                new RemovePolicy(userId, UUID.randomUUID(), userId, ActorRole.USER, policyId),
                commandsOf(userId),
                () -> policies(userId),
                PoliciesBody::stillPending);
    }

    static String commandsOf(UUID userId) {
        return "/api/users/" + userId + "/commands/";
    }
}
