package dev.lifeline.standalone.audit;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Topics;
import dev.lifeline.runtime.LogScan;
import dev.lifeline.runtime.Received;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * All that the log has of one user, in the order of the broker's time. Connectors' events, of which there are most, are
 * handed on as they are read; the others are few enough to be kept until their time has come.
 */
final class UserLog {

    private final LogScan scan;
    private final LogScan.Range connectors;
    private final List<LogScan.Range> others;
    private final LogScan.Range operators;

    /** All that there is at this moment. */
    UserLog(LogScan scan, UUID userId) {
        this.scan = scan;
        this.connectors = scan.range(Topics.CONNECTOR_EVENTS, userId);
        this.others = List.of(scan.range(Topics.AUTONOMY_EVENTS, userId), scan.range(Topics.ACTION_EVENTS, userId));
        this.operators = scan.range(Topics.AUTONOMY_EVENTS, Operator.ID);
    }

    /**
     * What was read.
     *
     * @param ofUser how many records were about the user, and not about everybody
     * @param unreadable records that may have been the user's, and can not be understood
     */
    record Read(long ofUser, long unreadable) {}

    /** When the oldest record of the partitions was appended in which the user's lie; empty where there is none. */
    Optional<Instant> begins() {
        return Stream.concat(Stream.of(connectors), others.stream())
                .flatMap(range -> scan.began(range).stream())
                .min(Comparator.naturalOrder());
    }

    /** Hands on what was appended up to a time. */
    Read read(Instant until, Consumer<Received<? extends Message>> to, LogScan.Progress progress) {
        List<Received<? extends Message>> kept = new ArrayList<>();
        LogScan.Progress quiet = (records, all) -> {};
        long unreadable = scan.read(others.getFirst(), AutonomyEvent.class, kept::add, quiet)
                .unreadable();
        unreadable +=
                scan.read(others.getLast(), ActionEvent.class, kept::add, quiet).unreadable();
        long ofUser = kept.size();
        scan.read(operators, AutonomyEvent.class, kept::add, quiet);
        kept.removeIf(each -> each.time().isAfter(until));
        kept.sort(Comparator.comparing(Received::time));
        Deque<Received<? extends Message>> waiting = new ArrayDeque<>(kept);
        long[] polled = new long[1];
        unreadable += scan.read(
                        connectors,
                        ConnectorEvent.class,
                        received -> {
                            polled[0]++;
                            if (!received.time().isAfter(until)) {
                                handOn(waiting, received.time(), to);
                                to.accept(received);
                            }
                        },
                        progress)
                .unreadable();
        handOn(waiting, Instant.MAX, to);
        return new Read(ofUser + polled[0], unreadable);
    }

    private static void handOn(
            Deque<Received<? extends Message>> waiting, Instant before, Consumer<Received<? extends Message>> to) {
        while (!waiting.isEmpty() && waiting.getFirst().time().isBefore(before)) {
            to.accept(waiting.removeFirst());
        }
    }
}
