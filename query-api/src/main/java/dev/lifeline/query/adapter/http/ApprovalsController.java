package dev.lifeline.query.adapter.http;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.ApproveAction;
import dev.lifeline.events.AutonomyCommand.RejectAction;
import dev.lifeline.events.UserIds;
import dev.lifeline.query.adapter.http.AutonomyAnswers.AnsweredBody;
import dev.lifeline.query.adapter.http.AutonomyAnswers.ApprovalsBody;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.AutonomyModel;
import dev.lifeline.query.application.AutonomyModel.Approvals;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What waits for a person, and his yes and no. */
@RestController
final class ApprovalsController {

    private static final int MOST = 200;
    private static final Set<String> STATUSES = Set.of("pending", "approved", "rejected", "expired", "withdrawn");
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final AutonomyModel model;
    private final CommandAnswers answers;

    ApprovalsController(AutonomyModel model, CommandAnswers answers) {
        this.model = model;
        this.answers = answers;
    }

    record Yes(@Nullable UUID confirmationToken, @Nullable String actionHash) {}

    record No(@Nullable String reason) {}

    @GetMapping("/api/users/{userId}/approvals")
    Mono<ApprovalsBody> approvals(
            @PathVariable("userId") UUID userId,
            @RequestParam(name = "status", defaultValue = "pending") String status,
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "before", required = false) @Nullable String before,
            @RequestParam(name = "limit", defaultValue = "50") int limit) {
        if (before != null) {
            throw ProblemException.badRequest(
                    "before is not known here: what waits is told oldest first, in pages with after.");
        }
        if (!STATUSES.contains(status)) {
            throw ProblemException.badRequest("status must be pending, approved, rejected, expired or withdrawn.");
        }
        if (limit < 1 || limit > MOST) {
            throw ProblemException.badRequest("limit is " + limit + "; it must be from 1 to " + MOST + ".");
        }
        return model.approvals(userId, new Approvals.Query(status, place(after), limit))
                .map(ApprovalsBody::of);
    }

    @PostMapping("/api/users/{userId}/approvals/{approvalId}/approve")
    Mono<ResponseEntity<?>> approve(
            @PathVariable("userId") UUID userId,
            @PathVariable("approvalId") UUID approvalId,
            @RequestBody(required = false) byte @Nullable [] body) {
        Yes yes = CommandAnswers.exactBody(Yes.class, orEmpty(body));
        return give(
                approvalId,
                new ApproveAction(
                        userId,
                        UUID.randomUUID(),
                        userId,
                        ActorRole.USER,
                        approvalId,
                        yes.actionHash(),
                        yes.confirmationToken()));
    }

    @PostMapping("/api/users/{userId}/approvals/{approvalId}/reject")
    Mono<ResponseEntity<?>> reject(
            @PathVariable("userId") UUID userId,
            @PathVariable("approvalId") UUID approvalId,
            @RequestBody(required = false) byte @Nullable [] body) {
        No no = CommandAnswers.exactBody(No.class, orEmpty(body));
        String reason = CommandAnswers.reason(no.reason());
        return give(
                approvalId, new RejectAction(userId, UUID.randomUUID(), userId, ActorRole.USER, approvalId, reason));
    }

    private Mono<ResponseEntity<?>> give(UUID approvalId, AutonomyCommand command) {
        UUID userId = command.userId();
        return model.approval(userId, approvalId)
                .switchIfEmpty(Mono.error(ProblemException::notFound))
                .flatMap(known -> answers.give(
                        command,
                        AutonomyController.commandsOf(userId),
                        () -> model.approval(userId, approvalId).map(AnsweredBody::of),
                        AnsweredBody::stillPending));
    }

    private static byte[] orEmpty(byte @Nullable [] body) {
        return body == null || body.length == 0 ? EMPTY : body;
    }

    private static Approvals.@Nullable After place(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8).split(" ", -1);
            UUID id = UserIds.parse(parts[parts.length - 1]).orElseThrow(IllegalArgumentException::new);
            return new Approvals.After(Cursor.time(parts[0]), id);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ProblemException.badRequest(
                    "after is not a cursor; take it from next of the page before, or leave it out.");
        }
    }
}
