package dev.lifeline.query.adapter.http;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand.PutPolicy;
import dev.lifeline.events.AutonomyCommand.RemovePolicy;
import dev.lifeline.events.Policy;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import dev.lifeline.query.adapter.http.AutonomyAnswers.PoliciesBody;
import dev.lifeline.query.application.AutonomyModel;
import dev.lifeline.query.domain.Preview;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A user's own rules, and what they would have done. */
@RestController
final class PoliciesController {

    private static final int ACTIONS_IN_A_PREVIEW = 100;

    /** A draft that has no id, or no name, yet is previewed all the same. */
    private static final UUID DRAFT = new UUID(0, 0);

    private final AutonomyModel model;
    private final CommandAnswers answers;

    PoliciesController(AutonomyModel model, CommandAnswers answers) {
        this.model = model;
        this.answers = answers;
    }

    /** @param version of the policy that was looked at; absent: whatever was written is replaced */
    record PolicyRequest(
            String name,
            @Nullable String description,
            int priority,
            boolean enabled,
            List<Policy.Rule> rules,
            @Nullable Long version) {}

    /**
     * @param policyId of the policy in whose place it stands; absent: a new one
     * @param priority absent: 0
     */
    record PreviewRequest(@Nullable UUID policyId, @Nullable Integer priority, List<Policy.Rule> rules) {}

    @GetMapping("/api/users/{userId}/policies")
    Mono<PoliciesBody> policies(@PathVariable("userId") UUID userId) {
        return model.policies(userId).map(PoliciesBody::of);
    }

    @PutMapping("/api/users/{userId}/policies/{policyId}")
    Mono<ResponseEntity<?>> put(
            @PathVariable("userId") UUID userId, @PathVariable("policyId") UUID policyId, @RequestBody byte[] body) {
        PolicyRequest request = CommandAnswers.exactBody(PolicyRequest.class, body, "policyId");
        Policy policy = new Policy(
                policyId,
                request.name(),
                Objects.requireNonNullElse(request.description(), ""),
                request.priority(),
                request.enabled(),
                request.rules());
        readable(policy);
        return answers.give(
                new PutPolicy(userId, UUID.randomUUID(), userId, ActorRole.USER, policy, request.version()),
                AutonomyController.commandsOf(userId),
                () -> policies(userId),
                PoliciesBody::stillPending);
    }

    @DeleteMapping("/api/users/{userId}/policies/{policyId}")
    Mono<ResponseEntity<?>> remove(@PathVariable("userId") UUID userId, @PathVariable("policyId") UUID policyId) {
        return answers.give(
                new RemovePolicy(userId, UUID.randomUUID(), userId, ActorRole.USER, policyId),
                AutonomyController.commandsOf(userId),
                () -> policies(userId),
                PoliciesBody::stillPending);
    }

    /** Changes nothing, and is no command. */
    @PostMapping("/api/users/{userId}/policies/preview")
    Mono<Preview> preview(@PathVariable("userId") UUID userId, @RequestBody byte[] body) {
        PreviewRequest request = CommandAnswers.body(PreviewRequest.class, body);
        RulePolicy draft = readable(new Policy(
                Objects.requireNonNullElse(request.policyId(), DRAFT),
                "draft",
                "",
                Objects.requireNonNullElse(request.priority(), 0),
                true,
                request.rules()));
        return Mono.zip(model.policies(userId), model.lastDecisions(userId, ACTIONS_IN_A_PREVIEW))
                .map(found -> Preview.of(
                        draft,
                        found.getT1().value().stream()
                                .map(written -> readable(written.policy()))
                                .toList(),
                        found.getT2()));
    }

    /** The policy as it is tried. Which writing of it this is matters to whoever keeps decisions, and to nobody here. */
    private static RulePolicy readable(Policy policy) {
        return RuleReader.read(policy, 0);
    }
}
