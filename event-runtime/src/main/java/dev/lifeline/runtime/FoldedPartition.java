package dev.lifeline.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition that this instance owns. Written by its consumer's thread; read by any. */
final class FoldedPartition {

    /** What is being done with it. */
    enum State {
        /** Where to read on is being found out; nothing is fetched. */
        POSITIONING,
        /** Records are fetched and folded. */
        FOLDING,
        /** Its stored offset is not in the log: nothing is fetched until an operator has acted. */
        HALTED
    }

    /**
     * A look at how far the log goes.
     *
     * @param at when, by the database's clock: what the broker appended before lies before the end of {@code bounds}
     * @param nanos when, by {@link System#nanoTime}
     * @param stored the offset that was stored before the look, where it is looked for; else empty
     * @param bounds what the broker answers
     */
    record Look(Instant at, long nanos, Optional<OffsetAndMetadata> stored, CompletableFuture<LogRange.Bounds> bounds) {

        /** Once it has been answered. */
        long end() {
            return bounds.join().end();
        }
    }

    private final TopicPartition partition;
    private volatile State state = State.POSITIONING;
    private volatile OffsetAndMetadata stored = new OffsetAndMetadata(0);
    private volatile long lag;
    private @Nullable OffsetAndMetadata tailLost;
    private @Nullable Look look;
    private @Nullable Look goal;
    private volatile boolean caughtUpOnce;
    private volatile long caughtUpNanos = System.nanoTime();

    FoldedPartition(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    boolean folding() {
        return state == State.FOLDING;
    }

    boolean halted() {
        return state == State.HALTED;
    }

    /** The offset of the next record to fold, as this instance believes it to be stored. */
    long next() {
        return stored.offset();
    }

    /** The same, with what tells whether the record before it is still in the log. */
    OffsetAndMetadata stored() {
        return stored;
    }

    /** How many records wait. */
    long lag() {
        return lag;
    }

    /** For how long it has not been read to its end. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - caughtUpNanos);
    }

    void fold(OffsetAndMetadata from) {
        stored = from;
        tailLost = null;
        state = State.FOLDING;
    }

    /**
     * Notes that the log ended before that stored offset. Once it has grown past it, other records stand where those stood
     * that were folded, so that to read on there would skip what stands before.
     */
    void losesTail(OffsetAndMetadata stored) {
        tailLost = stored;
    }

    /** Whether that offset is of a log that has lost its end since. */
    boolean lostTail(OffsetAndMetadata stored) {
        return stored.equals(tailLost);
    }

    void foldedTo(OffsetAndMetadata offset) {
        stored = offset;
    }

    void position() {
        state = State.POSITIONING;
        look = null;
        goal = null;
    }

    void halt() {
        state = State.HALTED;
    }

    /** Whether no answer is awaited. */
    boolean idle() {
        return look == null;
    }

    void looks(Look begun) {
        look = begun;
    }

    /** The look that has been answered since, once. */
    Optional<Look> answered() {
        Look begun = look;
        if (begun == null || !begun.bounds().isDone()) {
            return Optional.empty();
        }
        look = null;
        return Optional.of(begun);
    }

    /**
     * Takes the end that was seen for the next goal, unless an earlier one has not been reached yet: a goal that moved with
     * the log would never be reached while records keep coming.
     */
    void aims(Look seen, long position) {
        lag = Math.max(0, seen.end() - position);
        if (goal == null || seen.end() <= position) {
            goal = seen;
        }
    }

    /** The goal that lies before this position: the partition has been read to the end that it had then. */
    Optional<Look> reached(long position) {
        return Optional.ofNullable(goal).filter(aimed -> aimed.end() <= position);
    }

    void caughtUp(Look reached) {
        goal = null;
        caughtUpOnce = true;
        caughtUpNanos = reached.nanos();
    }

    /** Why nobody should rely on what is folded from this partition; empty when all is well. */
    Optional<String> complaint(Duration patience) {
        if (state == State.HALTED) {
            return Optional.of(partition + " is halted: its stored offset is not in the log");
        }
        Duration age = age();
        if (!caughtUpOnce || age.compareTo(patience) > 0) {
            String since = caughtUpOnce ? "for " + age.toSeconds() + " s" : "yet";
            return Optional.of(partition + " has not been read to its end " + since + ", " + lag + " records wait");
        }
        return Optional.empty();
    }
}
