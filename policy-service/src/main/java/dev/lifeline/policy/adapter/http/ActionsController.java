package dev.lifeline.policy.adapter.http;

import dev.lifeline.events.Action;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Outcome;
import dev.lifeline.events.UserIds;
import dev.lifeline.events.rule.Wellformed;
import dev.lifeline.policy.application.Admit;
import dev.lifeline.policy.application.Complete;
import dev.lifeline.policy.application.Propose;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What agents ask: to decide, to admit, and to note what came of it. */
@RestController
final class ActionsController {

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final Propose propose;
    private final Admit admit;
    private final Complete complete;
    private final Codec codec = new Codec();

    ActionsController(Propose propose, Admit admit, Complete complete) {
        this.propose = propose;
        this.admit = admit;
        this.complete = complete;
    }

    record AdmissionRequest(@Nullable String executorId) {}

    record Completion(Outcome outcome, @Nullable Long actualCostCents) {}

    record Admitted(boolean admitted) {}

    @PostMapping("/api/users/{userId}/actions")
    DecisionAnswer propose(
            @PathVariable String userId,
            @RequestAttribute("dev.lifeline.policy.adapter.http.Caller") Caller caller,
            @RequestBody(required = false) byte @Nullable [] body) {
        UUID user = id("userId", userId);
        if (!user.equals(caller.userId())) {
            throw ProblemException.notFound();
        }
        demandMayChange(caller);
        return propose.propose(user, codec.decodeExactly(Action.class, given(body)))
                .map(DecisionAnswer::of)
                .orElseThrow(
                        () -> conflict("Under this actionId another action is known; give this one an id of its own."));
    }

    @PostMapping("/api/decisions/{decisionId}/admission")
    Admitted admit(
            @PathVariable String decisionId,
            @RequestAttribute("dev.lifeline.policy.adapter.http.Caller") Caller caller,
            @RequestBody(required = false) byte @Nullable [] body) {
        UUID decision = id("decisionId", decisionId);
        demandMayChange(caller);
        String executor = codec.decodeExactly(AdmissionRequest.class, body == null || body.length == 0 ? EMPTY : body)
                .executorId();
        Wellformed.demandExecutor(executor);
        return switch (admit.admit(caller.userId(), decision, executor == null ? named(caller) : executor)) {
            case Admit.Answer.Admitted yes -> new Admitted(true);
            case Admit.Answer.Refused refused -> throw ProblemException.refused(refused.reason(), refused.state());
            case Admit.Answer.Unknown unknown -> throw ProblemException.notFound();
        };
    }

    @PostMapping("/api/decisions/{decisionId}/completion")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void complete(
            @PathVariable String decisionId,
            @RequestAttribute("dev.lifeline.policy.adapter.http.Caller") Caller caller,
            @RequestBody(required = false) byte @Nullable [] body) {
        UUID decision = id("decisionId", decisionId);
        demandMayChange(caller);
        Completion completion = codec.decodeExactly(Completion.class, given(body));
        switch (complete.complete(caller.userId(), decision, completion.outcome(), completion.actualCostCents())) {
            case NOTED -> {}
            case OTHERWISE -> throw conflict("It was completed before, with another outcome or cost.");
            case NOT_ADMITTED -> throw conflict("It was not admitted, so it can not have been done.");
            case UNKNOWN -> throw ProblemException.notFound();
        }
    }

    /** Two executors that could not be told apart would both be admitted. */
    private static String named(Caller caller) {
        if (caller.tokenId().isEmpty()) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "executorId is missing; name the executor, for its token has no id (jti).");
        }
        return "token " + caller.tokenId();
    }

    private static void demandMayChange(Caller caller) {
        if (caller.auditor()) {
            throw new ProblemException(HttpStatus.FORBIDDEN, "An auditor reads, and changes nothing.");
        }
    }

    private static byte[] given(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, "The body is missing; send a JSON object.");
        }
        return body;
    }

    private static UUID id(String name, String text) {
        return UserIds.parse(text)
                .orElseThrow(() -> new ProblemException(HttpStatus.BAD_REQUEST, name + " is not a UUID."));
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(HttpStatus.CONFLICT, detail);
    }
}
