package dev.lifeline.sandbox.mailbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * An account's mail. Messages are numbered from 1 and only ever added, and each adds one to the history id; what stands in
 * them comes with their number.
 *
 * @param messages how many have come
 * @param archived the numbers of those that are no longer in the inbox
 * @param sent what was sent, oldest first, the latest of it
 */
public record Mailbox(long messages, Set<Long> archived, List<Sent> sent) {

    /** What a new account finds. */
    public static final Mailbox NEW = new Mailbox(3, Set.of(), List.of());

    private static final long FIRST_HISTORY_ID = 1000;
    private static final long FIRST_MESSAGE_ID = 0x19a0_0000_0000_0000L;
    private static final int MOST_SENT = 100;

    public Mailbox {
        archived = Set.copyOf(archived);
        sent = List.copyOf(sent);
    }

    /** A message that was added, and the history id that this got. */
    public record Added(String messageId, long historyId, Letter letter, boolean inInbox) {}

    public Mailbox plus(int count) {
        return new Mailbox(messages + count, archived, sent);
    }

    /** The same with that message in the inbox, or no longer in it. */
    public Mailbox with(Added message, boolean inInbox) {
        Set<Long> changed = new HashSet<>(archived);
        long number = message.historyId() - FIRST_HISTORY_ID;
        if (inInbox) {
            changed.remove(number);
        } else {
            changed.add(number);
        }
        return new Mailbox(messages, changed, sent);
    }

    public Mailbox with(Sent one) {
        List<Sent> all = new ArrayList<>(sent);
        all.add(one);
        return new Mailbox(messages, archived, all.subList(Math.max(0, all.size() - MOST_SENT), all.size()));
    }

    public long historyId() {
        return FIRST_HISTORY_ID + messages;
    }

    /** How many are in the inbox. */
    public long inInbox() {
        return messages - archived.size();
    }

    /** Whether a history that begins after that id is still there, of which so many records are kept. */
    public boolean reachesBackTo(long historyId, long kept) {
        return historyId <= historyId() && historyId >= Math.max(FIRST_HISTORY_ID, historyId() - kept);
    }

    /** What was added after that history id, oldest first: at most so many, after skipping so many. */
    public List<Added> addedAfter(long historyId, long skip, long limit) {
        long first = historyId - FIRST_HISTORY_ID + 1 + skip;
        return LongStream.rangeClosed(first, Math.min(messages, first + limit - 1))
                .mapToObj(this::added)
                .toList();
    }

    /** The messages, newest first: at most so many, after skipping so many. */
    public List<Added> newest(long skip, long limit) {
        long newest = messages - skip;
        return LongStream.range(0, Math.max(0, Math.min(limit, newest)))
                .mapToObj(back -> added(newest - back))
                .toList();
    }

    /** Those in the inbox, newest first: at most so many, after skipping so many. */
    public List<Added> newestInInbox(long skip, long limit) {
        return LongStream.iterate(messages, number -> number > 0, number -> number - 1)
                .filter(number -> !archived.contains(number))
                .skip(skip)
                .limit(limit)
                .mapToObj(this::added)
                .toList();
    }

    /** The message of that id. */
    public Optional<Added> find(String messageId) {
        try {
            long number = Long.parseLong(messageId, 16) - FIRST_MESSAGE_ID;
            return number >= 1 && number <= messages ? Optional.of(added(number)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Added added(long number) {
        return new Added(
                Long.toHexString(FIRST_MESSAGE_ID + number),
                FIRST_HISTORY_ID + number,
                Letter.ofNumber(number),
                !archived.contains(number));
    }
}
