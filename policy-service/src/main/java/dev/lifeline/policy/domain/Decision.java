package dev.lifeline.policy.domain;

import static java.util.Comparator.naturalOrder;

import dev.lifeline.events.Action;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Outcome;
import dev.lifeline.events.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one action, and what became of it.
 *
 * @param verdict the newest
 * @param revision rises with each verdict that is another than the one before
 * @param expiresAt until when it may be approved and admitted
 * @param approval what was asked of a person last
 * @param admission absent until it is admitted
 * @param lastRefusal why it was last not admitted, since it last might have been
 */
public record Decision(
        UUID decisionId,
        UUID userId,
        Action action,
        String actionHash,
        Verdict verdict,
        int revision,
        State state,
        Instant expiresAt,
        @Nullable Approval approval,
        @Nullable Admission admission,
        @Nullable String lastRefusal) {

    /** What passes by itself, and after how long to look whether it has. */
    private static final Map<String, Duration> PASSING =
            Map.of(PauseChecks.UNKNOWN, Duration.ofSeconds(30), QuietTime.CHECK, Duration.ofMinutes(5));

    /** How far it is. */
    public enum State {
        /** Nothing stands against it: it may be admitted. */
        OPEN,
        /** A person is asked. */
        WAITING,
        /** A person has said yes. */
        APPROVED,
        DENIED,
        REJECTED,
        EXPIRED,
        ADMITTED,
        COMPLETED;

        /** Its name in answers and in the database. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it may still be admitted. */
        public boolean live() {
            return this == OPEN || this == WAITING || this == APPROVED;
        }
    }

    /**
     * A request to a person.
     *
     * @param confirmation the first of two confirmations; absent while there is none
     * @param answer absent until the person has given one
     */
    public record Approval(
            UUID approvalId,
            ConfirmationLevel level,
            @Nullable Confirmation confirmation,
            @Nullable Answer answer) {

        public Approval at(ConfirmationLevel higher) {
            return new Approval(approvalId, higher, confirmation, answer);
        }

        public Approval confirmed(Confirmation first) {
            return new Approval(approvalId, level, first, answer);
        }

        public Approval answered(Answer given) {
            return new Approval(approvalId, level, confirmation, given);
        }
    }

    /**
     * The first of two confirmations.
     *
     * @param token what the second has to bring
     * @param notBefore the earliest time for the second
     */
    public record Confirmation(UUID token, Instant notBefore) {}

    /**
     * A person's no where the decision is rejected, else a yes.
     *
     * @param sequence its place among what happened: a pause with a higher one voids a yes
     */
    public record Answer(Instant at, long sequence) {}

    /**
     * The permission to do it, once.
     *
     * @param day the user's day, whose limit it takes from
     * @param outcome absent until it is completed
     */
    public record Admission(
            String executorId,
            LocalDate day,
            long reservedCents,
            @Nullable Outcome outcome,
            @Nullable Long actualCostCents) {}

    /** What may be admitted from now on has not been refused yet. */
    public Decision in(State next) {
        boolean admissible = next != state && (next == State.OPEN || next == State.APPROVED);
        return with(verdict, revision, next, expiresAt, approval, admission, admissible ? null : lastRefusal);
    }

    public Decision asked(Approval request, Instant until) {
        return with(verdict, revision, State.WAITING, until, request, admission, lastRefusal);
    }

    public Decision with(Approval changed) {
        return with(verdict, revision, state, expiresAt, changed, admission, lastRefusal);
    }

    public Decision judgedAgain(Verdict other) {
        return with(other, revision + 1, state, expiresAt, approval, admission, lastRefusal);
    }

    public Decision admitted(Admission permission) {
        return with(verdict, revision, State.ADMITTED, expiresAt, approval, permission, lastRefusal);
    }

    public Decision completed(Admission settled) {
        return with(verdict, revision, State.COMPLETED, expiresAt, approval, settled, lastRefusal);
    }

    public Decision refused(String reason) {
        return with(verdict, revision, state, expiresAt, approval, admission, reason);
    }

    /** All but what it is about, which never changes. */
    private Decision with(
            Verdict verdict,
            int revision,
            State state,
            Instant expiresAt,
            @Nullable Approval approval,
            @Nullable Admission admission,
            @Nullable String lastRefusal) {
        return new Decision(
                decisionId,
                userId,
                action,
                actionHash,
                verdict,
                revision,
                state,
                expiresAt,
                approval,
                admission,
                lastRefusal);
    }

    /** Whether another verdict would be news to anybody: it rules otherwise, or for other reasons. */
    public boolean differsFrom(Verdict other) {
        return verdict.ruling() != other.ruling()
                || verdict.confirmationLevel() != other.confirmationLevel()
                || !Objects.equals(verdict.reason(), other.reason())
                || !codes(verdict).equals(codes(other));
    }

    /** After how long what it waits for may have passed by itself, with nobody told; absent: that is told. */
    public Optional<Duration> mayPassIn() {
        return state == State.WAITING
                ? codes(verdict).stream()
                        .flatMap(code -> Stream.ofNullable(PASSING.get(code)))
                        .min(naturalOrder())
                : Optional.empty();
    }

    private static Set<String> codes(Verdict verdict) {
        return verdict.findings().stream().map(Verdict.Finding::code).collect(Collectors.toSet());
    }

    /** Whether a person has said yes to that much, and nothing has voided it since. */
    public boolean approved(ConfirmationLevel needed, long voidedUpTo) {
        return state != State.REJECTED
                && approval != null
                && approval.answer() != null
                && approval.answer().sequence() > voidedUpTo
                && approval.level().compareTo(needed) >= 0
                && actionHash.equals(ActionHash.of(action));
    }
}
