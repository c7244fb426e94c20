package dev.lifeline.policy.brake;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Ruling;
import dev.lifeline.policy.domain.Pause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was published, and what agents were told, looked at afterwards: whether the brake held.
 *
 * @param events what was published, in any order, repeats too
 * @param decided the decisions that agents were told of
 * @param admitted the decisions that agents were told to carry out
 */
record History(Collection<? extends Message> events, Set<UUID> decided, Set<UUID> admitted) {

    /** Nothing is admitted between a pause and its resume, but what a person approved in between. */
    static final String ADMITTED_WHILE_PAUSED = "admitted while paused";

    static final String ADMITTED_TWICE = "admitted twice";
    static final String ADMITTED_WITHOUT_DECISION = "admitted without having been decided before";
    static final String NOT_DECIDED = "proposed, and no decision was published";
    static final String NOT_ASKED = "needs approval, and nobody was asked";
    static final String ADMISSION_NOT_PUBLISHED = "an agent was told to do it, and no admission was published";

    private record Span(UUID whose, AutonomyPaused pause, long until) {}

    /** What went wrong; empty when nothing did. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        Map<UUID, ActionDecided> decisions = new HashMap<>();
        of(ActionDecided.class)
                .forEach(event -> decisions.merge(
                        event.decisionId(), event, (one, other) -> one.sequence() < other.sequence() ? one : other));
        Map<UUID, Long> granted = new HashMap<>();
        of(ApprovalGranted.class).forEach(event -> granted.put(event.approvalId(), event.sequence()));
        Map<UUID, Long> admissions = new HashMap<>();
        List<Span> pauses = pauses();

        for (ActionAdmitted event : of(ActionAdmitted.class)) {
            Long before = admissions.put(event.decisionId(), event.sequence());
            if (before != null && before != event.sequence()) {
                violations.add(event.decisionId() + " " + ADMITTED_TWICE);
            }
            ActionDecided decision = decisions.get(event.decisionId());
            if (decision == null || decision.sequence() > event.sequence()) {
                violations.add(event.decisionId() + " " + ADMITTED_WITHOUT_DECISION);
            } else {
                pauses.stream()
                        .filter(span -> concerns(span, decision) && contains(span, event))
                        .filter(span -> !approvedSince(span, granted.get(event.approvalId())))
                        .forEach(span -> violations.add(event.decisionId() + " " + ADMITTED_WHILE_PAUSED));
            }
        }
        decided.stream().filter(id -> !decisions.containsKey(id)).forEach(id -> violations.add(id + " " + NOT_DECIDED));
        admitted.stream()
                .filter(id -> !admissions.containsKey(id))
                .forEach(id -> violations.add(id + " " + ADMISSION_NOT_PUBLISHED));
        of(ActionEvent.class).stream()
                .collect(groupingBy(ActionEvent::decisionId))
                .forEach((id, told) -> {
                    if (lacksRequest(told)) {
                        violations.add(id + " " + NOT_ASKED);
                    }
                });
        return violations;
    }

    /** Whether at some time it needed approval, at first or judged again, and no request of it stood or came. */
    private static boolean lacksRequest(List<ActionEvent> told) {
        boolean stands = false;
        boolean needed = false;
        for (ActionEvent event :
                told.stream().sorted(comparingLong(ActionEvent::sequence)).toList()) {
            switch (event) {
                case ActionDecided decided -> {
                    if (needed) {
                        return true;
                    }
                    needed = decided.verdict().ruling() == Ruling.REQUIRE_APPROVAL && !stands;
                }
                case ApprovalRequested asked -> {
                    stands = true;
                    needed = false;
                }
                case ApprovalWithdrawn withdrawn -> stands = false;
                default -> {}
            }
        }
        return needed;
    }

    private static boolean concerns(Span span, ActionDecided decision) {
        boolean everybody = span.whose().equals(Operator.ID);
        return (everybody || span.whose().equals(decision.userId()))
                && Pause.concerns(span.pause().scope(), decision.action());
    }

    private static boolean contains(Span span, ActionAdmitted event) {
        return span.pause().sequence() < event.sequence() && event.sequence() < span.until();
    }

    private static boolean approvedSince(Span span, @Nullable Long granted) {
        return granted != null && granted > span.pause().sequence();
    }

    private List<Span> pauses() {
        List<AutonomyResumed> resumed = of(AutonomyResumed.class);
        return of(AutonomyPaused.class).stream()
                .map(pause -> new Span(pause.userId(), pause, end(pause, resumed)))
                .toList();
    }

    /** The first resume of that pause; the same version may be answered more than once. */
    private static long end(AutonomyPaused pause, List<AutonomyResumed> resumed) {
        return resumed.stream()
                .filter(event -> event.userId().equals(pause.userId())
                        && Objects.equals(event.scope(), pause.scope())
                        && event.version() == pause.version())
                .mapToLong(AutonomyResumed::sequence)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private <T> List<T> of(Class<T> type) {
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .distinct()
                .toList();
    }
}
