package dev.lifeline.sandbox.mailbox;

import java.util.List;
import java.util.stream.LongStream;

/**
 * An account's mail. Messages are numbered from 1 and only ever added, and each adds one to the history id: so nothing
 * but their number need be kept.
 */
public record Mailbox(long messages) {

    /** What a new account finds. */
    public static final Mailbox NEW = new Mailbox(3);

    private static final long FIRST_HISTORY_ID = 1000;
    private static final long FIRST_MESSAGE_ID = 0x19a0_0000_0000_0000L;

    /** A message that was added, and the history id that this got. */
    public record Added(String messageId, long historyId) {}

    public Mailbox plus(int count) {
        return new Mailbox(messages + count);
    }

    public long historyId() {
        return FIRST_HISTORY_ID + messages;
    }

    /** Whether a history that begins after that id is still there, of which so many records are kept. */
    public boolean reachesBackTo(long historyId, long kept) {
        return historyId <= historyId() && historyId >= Math.max(FIRST_HISTORY_ID, historyId() - kept);
    }

    /** What was added after that history id, oldest first: at most so many, after skipping so many. */
    public List<Added> addedAfter(long historyId, long skip, long limit) {
        long first = historyId - FIRST_HISTORY_ID + 1 + skip;
        return LongStream.rangeClosed(first, Math.min(messages, first + limit - 1))
                .mapToObj(Mailbox::added)
                .toList();
    }

    /** The messages, newest first: at most so many, after skipping so many. */
    public List<Added> newest(long skip, long limit) {
        long newest = messages - skip;
        return LongStream.range(0, Math.max(0, Math.min(limit, newest)))
                .mapToObj(back -> added(newest - back))
                .toList();
    }

    private static Added added(long number) {
        return new Added(Long.toHexString(FIRST_MESSAGE_ID + number), FIRST_HISTORY_ID + number);
    }
}
