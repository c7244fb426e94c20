package dev.lifeline.standalone.audit;

import dev.lifeline.events.Action;
import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionCompleted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ActionExpired;
import dev.lifeline.events.ActionEvent.ActionRefused;
import dev.lifeline.events.ActionEvent.ApprovalExpired;
import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRejected;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.ActionEvent.ConfirmationRequired;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Outcome;
import dev.lifeline.events.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the assistant wanted to do, what was decided, and what was done after all. */
final class ActionTale {

    private final Map<UUID, Action> actions = new HashMap<>();
    private final Map<UUID, Waiting> waiting = new LinkedHashMap<>();
    private final Map<UUID, Spent> spent = new HashMap<>();

    /** An action that waits for a person. */
    record Waiting(
            UUID approvalId,
            UUID decisionId,
            String action,
            @Nullable String reason,
            Instant since,
            Instant until) {

        /** The same, judged again. */
        Waiting because(@Nullable String other) {
            return new Waiting(approvalId, decisionId, action, other, since, until);
        }
    }

    private record Spent(LocalDate day, long cents) {}

    Optional<String> hear(ActionEvent event, AutonomySettings settings) {
        UUID id = event.decisionId();
        if (event instanceof ActionDecided decided) {
            actions.put(id, decided.action());
            String reason = decided.verdict().reason();
            waiting.replaceAll((approval, it) -> it.decisionId().equals(id) ? it.because(reason) : it);
        }
        String it = name(id);
        return Optional.ofNullable(
                switch (event) {
                    case ActionDecided decided -> decided(decided, it);
                    case ApprovalRequested asked -> {
                        Waiting now = new Waiting(
                                asked.approvalId(), id, it, asked.reason(), asked.requestedAt(), asked.expiresAt());
                        boolean more = waiting.put(asked.approvalId(), now) != null;
                        yield (more ? "More is needed for " : "The user was asked to approve ") + it + ", until "
                                + Report.time(asked.expiresAt())
                                + (asked.confirmationLevel() == ConfirmationLevel.DUAL
                                        ? ", with two confirmations."
                                        : ".");
                    }
                    case ConfirmationRequired once ->
                        "The user confirmed " + it + " once; a second time was needed, not before "
                                + Report.time(once.notBefore()) + ".";
                    case ApprovalGranted granted -> {
                        waiting.remove(granted.approvalId());
                        yield "The user approved " + it + ".";
                    }
                    case ApprovalRejected rejected -> {
                        waiting.remove(rejected.approvalId());
                        yield "The user rejected " + it
                                + (rejected.reason() == null ? "." : ": \u201c" + rejected.reason() + "\u201d.");
                    }
                    case ApprovalExpired expired -> {
                        waiting.remove(expired.approvalId());
                        yield "Nobody answered in time: " + it + " was not done.";
                    }
                    case ApprovalWithdrawn withdrawn -> {
                        waiting.remove(withdrawn.approvalId());
                        yield "The user was no longer asked about " + it + ": " + why(withdrawn.reason()) + ".";
                    }
                    case ActionAdmitted admitted -> {
                        spent.put(id, new Spent(day(admitted.admittedAt(), settings), admitted.reservedCents()));
                        yield it + " was admitted to "
                                + (admitted.executorId().isBlank()
                                        ? "an executor without a name"
                                        : admitted.executorId())
                                + (admitted.approvalId() == null ? "" : ", by the user's approval")
                                + (admitted.reservedCents() == 0
                                        ? "."
                                        : "; " + admitted.reservedCents() + " cents reserved.");
                    }
                    case ActionRefused refused ->
                        it + " was held back right before it began, from " + refused.executorId() + ": "
                                + refused.reason() + ".";
                    case ActionExpired expired -> it + " was not begun in time, and not done.";
                    case ActionCompleted completed -> completed(completed, it);
                });
    }

    /** What waits for a person, the longest first. */
    List<Waiting> waiting() {
        return List.copyOf(waiting.values());
    }

    /** What was spent or reserved on the user's day at a time, in cents. */
    long spentOn(Instant time, AutonomySettings settings) {
        LocalDate day = day(time, settings);
        return spent.values().stream()
                .filter(each -> each.day().equals(day))
                .mapToLong(Spent::cents)
                .sum();
    }

    /** Why a person is asked no more. */
    private static String why(String reason) {
        return switch (reason) {
            case "no_longer_needed" -> "it may be done without the user";
            case "denied" -> "it is not allowed any more";
            case "voided" -> "the user's approval counted no more";
            default -> reason;
        };
    }

    private String decided(ActionDecided event, String it) {
        Verdict verdict = event.verdict();
        String reasons = verdict.findings().stream()
                .map(finding -> finding.code() + (finding.detail() == null ? "" : " (" + finding.detail() + ")"))
                .collect(Collectors.joining(", "));
        String ruling = switch (verdict.ruling()) {
            case AUTO_EXECUTE -> "it may be done without asking";
            case REQUIRE_APPROVAL -> "a person has to approve it";
            case DENY -> "it is not done";
        };
        return (event.revision() == 1 ? "The assistant proposed " + it + ". Decided: " : it + " was judged again: ")
                + ruling + (reasons.isEmpty() ? "; nothing stood against it" : ", for " + reasons)
                + ". By checks of version "
                + event.circumstances().rulesVersion() + ".";
    }

    private String completed(ActionCompleted event, String it) {
        Spent reserved = spent.get(event.decisionId());
        boolean failed = event.outcome() == Outcome.FAILED;
        if (reserved != null) {
            long cost = event.actualCostCents() != null ? event.actualCostCents() : failed ? 0 : reserved.cents();
            spent.put(event.decisionId(), new Spent(reserved.day(), cost));
        }
        return it
                + (failed ? " failed" : " was done")
                + (event.actualCostCents() == null ? "." : ", at " + event.actualCostCents() + " cents.");
    }

    private String name(UUID decisionId) {
        Action action = actions.get(decisionId);
        return action == null
                ? "an action from before the log begins"
                : "\u201c" + action.description() + "\u201d (" + action.actionType() + ")";
    }

    private static LocalDate day(Instant time, AutonomySettings settings) {
        try {
            return LocalDate.ofInstant(time, ZoneId.of(settings.timeZone()));
        } catch (ZoneRulesException unknown) {
            return LocalDate.ofInstant(time, ZoneOffset.UTC);
        }
    }
}
