package dev.lifeline.query.adapter.http;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.AutonomyCommand.SetTrustTier;
import dev.lifeline.events.AutonomyCommand.UpdateAutonomySettings;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.rule.Wellformed;
import dev.lifeline.query.adapter.http.AutonomyAnswers.SettingsBody;
import dev.lifeline.query.adapter.http.AutonomyAnswers.StateBody;
import dev.lifeline.query.application.AutonomyModel;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a user lets his assistant do, and the brake. */
@RestController
final class AutonomyController {

    private static final long NEVER_PAUSED = 0;

    private final AutonomyModel model;
    private final CommandAnswers answers;

    AutonomyController(AutonomyModel model, CommandAnswers answers) {
        this.model = model;
        this.answers = answers;
    }

    /**
     * Other members are passed over, as clients of other makers send theirs.
     *
     * @param version of the pause to lift, also under the name that it has in the state; absent: the one that is shown
     */
    record PauseRequest(
            boolean paused,
            @Nullable String reason,
            @JsonAlias("pauseVersion") @Nullable Long version) {}

    /** @param version of the settings that were looked at, beside them; absent: whatever was set is replaced */
    record SeenVersion(@Nullable Long version) {}

    record TrustRequest(TrustTier trustTier) {}

    @GetMapping("/api/users/{userId}/autonomy-state")
    Mono<StateBody> state(@PathVariable("userId") UUID userId) {
        return model.state(userId).map(state -> StateBody.of(userId, state));
    }

    @PutMapping("/api/users/{userId}/autonomy-pause")
    Mono<ResponseEntity<?>> pause(@PathVariable("userId") UUID userId, @RequestBody byte[] body) {
        PauseRequest request = CommandAnswers.body(PauseRequest.class, body);
        String reason = CommandAnswers.reason(request.reason());
        UUID id = UUID.randomUUID();
        Mono<AutonomyCommand> command = request.paused()
                ? Mono.just(new PauseAutonomy(userId, id, userId, ActorRole.USER, PauseScope.EVERYTHING, reason))
                : versionToLift(userId, request)
                        .map(version ->
                                new ResumeAutonomy(userId, id, userId, ActorRole.USER, PauseScope.EVERYTHING, version));
        return command.flatMap(
                given -> answers.give(given, commandsOf(userId), () -> state(userId), StateBody::stillPending));
    }

    private Mono<Long> versionToLift(UUID userId, PauseRequest request) {
        return Mono.justOrEmpty(request.version())
                .switchIfEmpty(model.state(userId)
                        .map(state -> state.pauses().own() == null
                                ? NEVER_PAUSED
                                : state.pauses().own().version()));
    }

    @GetMapping("/api/users/{userId}/autonomy-settings")
    Mono<SettingsBody> settings(@PathVariable("userId") UUID userId) {
        return model.settings(userId).map(SettingsBody::of);
    }

    @PutMapping("/api/users/{userId}/autonomy-settings")
    Mono<ResponseEntity<?>> set(@PathVariable("userId") UUID userId, @RequestBody byte[] body) {
        // A misspelt member would count as one that is not set, which loosens.
        AutonomySettings settings =
                CommandAnswers.exactBody(AutonomySettings.class, body, "version", "asOf", "pending");
        Wellformed.demand(settings);
        Long version = CommandAnswers.body(SeenVersion.class, body).version();
        return answers.give(
                new UpdateAutonomySettings(userId, UUID.randomUUID(), userId, ActorRole.USER, settings, version),
                commandsOf(userId),
                () -> settings(userId),
                SettingsBody::stillPending);
    }

    /** The level of trust alone: whatever else was set meanwhile stays, and is no reason to refuse a demotion. */
    @PutMapping("/api/users/{userId}/trust-tier")
    Mono<ResponseEntity<?>> trust(@PathVariable("userId") UUID userId, @RequestBody byte[] body) {
        TrustTier tier = CommandAnswers.body(TrustRequest.class, body).trustTier();
        return answers.give(
                new SetTrustTier(userId, UUID.randomUUID(), userId, ActorRole.USER, tier),
                commandsOf(userId),
                () -> settings(userId),
                SettingsBody::stillPending);
    }

    static String commandsOf(UUID userId) {
        return "/api/users/" + userId + "/commands/";
    }
}
