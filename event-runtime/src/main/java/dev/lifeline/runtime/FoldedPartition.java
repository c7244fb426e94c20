package dev.lifeline.runtime;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

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

    private final TopicPartition partition;
    private volatile State state = State.POSITIONING;
    private volatile long next;
    private volatile long lag;
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
        return next;
    }

    /** How many records wait. */
    long lag() {
        return lag;
    }

    void fold(long from) {
        next = from;
        state = State.FOLDING;
    }

    void foldedTo(long offset) {
        next = offset;
    }

    void position() {
        state = State.POSITIONING;
    }

    void halt() {
        state = State.HALTED;
    }

    void waits(long records) {
        lag = records;
    }

    void caughtUp() {
        caughtUpOnce = true;
        caughtUpNanos = System.nanoTime();
    }

    /** Why nobody should rely on what is folded from this partition; empty when all is well. */
    Optional<String> complaint(Duration patience) {
        if (state == State.HALTED) {
            return Optional.of(partition + " is halted: its stored offset is not in the log");
        }
        long nanos = System.nanoTime() - caughtUpNanos;
        if (!caughtUpOnce || nanos > patience.toNanos()) {
            String since = caughtUpOnce ? "for " + Duration.ofNanos(nanos).toSeconds() + " s" : "yet";
            return Optional.of(partition + " has not been read to its end " + since + ", " + lag + " records wait");
        }
        return Optional.empty();
    }
}
