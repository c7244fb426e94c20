package dev.lifeline.query.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lifeline.events.Action;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Verdict;
import dev.lifeline.query.application.AutonomyModel.Approval;
import dev.lifeline.query.application.AutonomyModel.Approvals;
import dev.lifeline.query.application.AutonomyModel.Dated;
import dev.lifeline.query.application.AutonomyModel.Fleet;
import dev.lifeline.query.application.AutonomyModel.State;
import dev.lifeline.query.application.SetSettings;
import dev.lifeline.query.application.WrittenPolicy;
import dev.lifeline.query.domain.Pauses.Pause;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bodies of answers about autonomy and actions, as {@code openapi.yaml} describes them. */
final class AutonomyAnswers {

    private AutonomyAnswers() {}

    /** One of the operator's pauses. */
    record PauseBody(PauseScope scope, @Nullable String reason, Instant since, long version) {
        static PauseBody of(Pause pause) {
            return new PauseBody(pause.scope(), pause.reason(), pause.at(), pause.version());
        }
    }

    record OperatorBody(List<PauseBody> pauses) {
        static OperatorBody of(List<Pause> pauses) {
            return new OperatorBody(pauses.stream().map(PauseBody::of).toList());
        }
    }

    record StateBody(
            UUID userId,
            @Nullable Instant asOf,
            boolean globalPause,
            boolean userPause,
            @Nullable Instant pausedAt,
            @Nullable String pausedReason,
            @Nullable Long pauseVersion,
            @Nullable String reason,
            OperatorBody operator,
            @Nullable Instant withheldSince,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean pending) {

        static StateBody of(UUID userId, State state) {
            Pause own = state.pauses().own();
            return new StateBody(
                    userId,
                    state.asOf(),
                    state.pauses().global(),
                    own != null,
                    own == null ? null : own.at(),
                    own == null ? null : own.reason(),
                    own == null ? null : own.version(),
                    state.pauses().reason(),
                    OperatorBody.of(state.pauses().operator()),
                    state.pauses().withheldSince(),
                    null);
        }

        StateBody stillPending() {
            return new StateBody(
                    userId,
                    asOf,
                    globalPause,
                    userPause,
                    pausedAt,
                    pausedReason,
                    pauseVersion,
                    reason,
                    operator,
                    withheldSince,
                    true);
        }
    }

    record SettingsBody(
            @Nullable Instant asOf,
            @JsonUnwrapped AutonomySettings settings,
            long version,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean pending) {

        static SettingsBody of(Dated<SetSettings> dated) {
            SetSettings set = dated.value();
            return new SettingsBody(dated.asOf(), set.settings(), set.version(), null);
        }

        SettingsBody stillPending() {
            return new SettingsBody(asOf, settings, version, true);
        }
    }

    record PolicyBody(@JsonUnwrapped Policy policy, long version) {}

    record PoliciesBody(
            @Nullable Instant asOf,
            List<PolicyBody> items,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean pending) {

        static PoliciesBody of(Dated<List<WrittenPolicy>> policies) {
            List<PolicyBody> items = policies.value().stream()
                    .map(written -> new PolicyBody(written.policy(), written.version()))
                    .toList();
            return new PoliciesBody(policies.asOf(), items, null);
        }

        PoliciesBody stillPending() {
            return new PoliciesBody(asOf, items, true);
        }
    }

    /** @param count how many there are of that status, on all pages */
    record ApprovalsBody(
            @Nullable Instant asOf,
            long count,
            List<ApprovalBody> items,
            @Nullable String next) {

        static ApprovalsBody of(Approvals approvals) {
            List<ApprovalBody> items =
                    approvals.items().stream().map(ApprovalBody::of).toList();
            return new ApprovalsBody(
                    approvals.asOf(),
                    approvals.count(),
                    items,
                    approvals.more() ? cursor(approvals.items().getLast()) : null);
        }

        private static String cursor(Approval last) {
            String text = last.createdAt() + " " + last.approvalId();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    record ApprovalBody(
            UUID approvalId,
            UUID decisionId,
            Action action,
            String actionHash,
            @Nullable String reason,
            List<Verdict.Finding> findings,
            String confirmationLevel,
            String status,
            Instant createdAt,
            Instant expiresAt) {

        static ApprovalBody of(Approval approval) {
            return new ApprovalBody(
                    approval.approvalId(),
                    approval.decisionId(),
                    approval.action(),
                    approval.actionHash(),
                    approval.verdict().reason(),
                    approval.verdict().findings(),
                    approval.confirmationLevel(),
                    approval.status(),
                    approval.createdAt(),
                    approval.expiresAt());
        }
    }

    /** What came of an answer to a request; token and time where a second confirmation is needed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AnsweredBody(
            UUID approvalId,
            String status,
            @Nullable UUID confirmationToken,
            @Nullable Instant notBefore,
            @Nullable Boolean pending) {

        static AnsweredBody of(Approval approval) {
            boolean again = approval.status().equals("pending") && approval.confirmationToken() != null;
            return again
                    ? new AnsweredBody(
                            approval.approvalId(),
                            "confirmation_required",
                            approval.confirmationToken(),
                            approval.notBefore(),
                            null)
                    : new AnsweredBody(approval.approvalId(), approval.status(), null, null, null);
        }

        AnsweredBody stillPending() {
            return new AnsweredBody(approvalId, status, confirmationToken, notBefore, true);
        }
    }

    record FleetBody(
            Instant now,
            @Nullable Instant asOf,
            long users,
            List<Fleet.Connectors> connectors,
            List<Fleet.ErrorCodes> errorCodes,
            List<PauseBody> pauses,
            LagBody lag,
            List<Fleet.Unreadable> unreadable,
            Fleet.@Nullable Verification verification,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean pending) {

        static FleetBody of(Fleet fleet) {
            return new FleetBody(
                    fleet.now(),
                    fleet.asOf(),
                    fleet.users(),
                    fleet.connectors(),
                    fleet.errorCodes(),
                    OperatorBody.of(fleet.pauses()).pauses(),
                    new LagBody(new PollersBody(fleet.overdue(), fleet.oldestDueBy()), fleet.projections()),
                    fleet.unreadable(),
                    fleet.verification(),
                    null);
        }

        FleetBody stillPending() {
            return new FleetBody(now, asOf, users, connectors, errorCodes, pauses, lag, unreadable, verification, true);
        }
    }

    record LagBody(PollersBody pollers, List<Fleet.Projection> projector) {}

    record PollersBody(long overdue, @Nullable Instant oldestDueBy) {}
}
