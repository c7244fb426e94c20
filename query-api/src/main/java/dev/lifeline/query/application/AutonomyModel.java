package dev.lifeline.query.application;

import dev.lifeline.events.Action;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Verdict;
import dev.lifeline.query.domain.PastDecision;
import dev.lifeline.query.domain.Pauses;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What the projector has made of the events about autonomy and actions, to be read only. Every method fails with {@link
 * AwayException} when it can not be read now; trying again later helps.
 */
public interface AutonomyModel {

    Mono<State> state(UUID userId);

    /** The user's settings; those of nobody who has set anything where he has not. */
    Mono<Dated<SetSettings>> settings(UUID userId);

    /** The user's policies, in the order in which they are tried. */
    Mono<Dated<List<WrittenPolicy>>> policies(UUID userId);

    /** What was decided for the user, the newest first; at most so much. */
    Mono<List<PastDecision>> lastDecisions(UUID userId, int limit);

    /** So many requests for approval, the oldest first. */
    Mono<Approvals> approvals(UUID userId, Approvals.Query query);

    /** One request of that user's; empty when there is none. */
    Mono<Approval> approval(UUID userId, UUID approvalId);

    /** What the operator has paused, by command or at start. */
    Mono<List<Pauses.Pause>> operatorPauses();

    Mono<Fleet> fleet();

    /** Something, and how fresh it is. */
    record Dated<T>(@Nullable Instant asOf, T value) {}

    /** What is paused for a user. */
    record State(@Nullable Instant asOf, Pauses pauses) {}

    /** A request for a person's yes, with what it is about. */
    record Approval(
            UUID approvalId,
            UUID decisionId,
            Action action,
            String actionHash,
            Verdict verdict,
            String confirmationLevel,
            String status,
            Instant createdAt,
            Instant expiresAt,
            @Nullable UUID confirmationToken,
            @Nullable Instant notBefore) {}

    /**
     * A page of requests.
     *
     * @param count how many there are of that status, on all pages
     */
    record Approvals(@Nullable Instant asOf, long count, List<Approval> items, boolean more) {
        public Approvals {
            items = List.copyOf(items);
        }

        /** @param after absent: from the beginning; else what was asked after that */
        public record Query(String status, @Nullable After after, int limit) {}

        /** A place in the queue. */
        public record After(Instant createdAt, UUID approvalId) {}
    }

    /**
     * How all are, for the operator.
     *
     * @param now by the clock that the other times are by
     * @param asOf when all of it was last known; absent: it never was
     */
    record Fleet(
            Instant now,
            @Nullable Instant asOf,
            long users,
            List<Connectors> connectors,
            List<ErrorCodes> errorCodes,
            List<Pauses.Pause> pauses,
            long overdue,
            @Nullable Instant oldestDueBy,
            List<Projection> projections,
            List<Unreadable> unreadable,
            @Nullable Verification verification) {

        public record Connectors(String provider, String condition, long count) {}

        /** @param failureClass who has to act */
        public record ErrorCodes(String errorCode, @Nullable String failureClass, String provider, long count) {}

        public record Projection(
                String projection, @Nullable Instant caughtUpAt) {}

        public record Unreadable(
                SourcePosition source, @Nullable UUID userId, String reason, Instant at) {}

        /**
         * How far what is shown has been proven by the log, in the background.
         *
         * @param partitions how many parts there are to prove
         * @param proven how many have been so far
         * @param rows how many rows these have
         * @param unprovable how many of theirs are older than the log
         * @param different how many are not what the log comes to
         * @param oldest when that part was proven which was proven least recently; absent: none was
         * @param everySeconds how often each is to be
         * @param first where the first of those that differ are
         */
        public record Verification(
                long partitions,
                long proven,
                long rows,
                long unprovable,
                long different,
                @Nullable Instant oldest,
                long everySeconds,
                List<DifferingRow> first) {}

        /** @param userId whose row it is; absent: nobody's */
        public record DifferingRow(
                String table, String key, @Nullable UUID userId) {}
    }
}
