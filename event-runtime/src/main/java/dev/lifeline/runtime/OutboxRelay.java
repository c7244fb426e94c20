package dev.lifeline.runtime;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what waits in the outbox of the partitions that this instance owns: in order, at least once. It is woken after
 * each commit of the fold, and on assignment for what a predecessor left.
 *
 * <p>A round locks the outbox of one partition, publishes what a page of rows holds without waiting in between, waits until Kafka has
 * acknowledged all, removes them and commits. A crash in between repeats the page, in the same order and with the same ids.
 */
final class OutboxRelay {

    private static final int PAGE = 10;
    private static final long IDLE_MILLIS = 200;

    private final Transactions transactions;
    private final Outbox outbox;
    private final Publisher publisher;
    private final FoldMeters meters;
    private final Clock clock;
    private final Outage outage;

    private final Map<TopicPartition, Owned> owned = new ConcurrentHashMap<>();

    private final BlockingQueue<TopicPartition> woken = new LinkedBlockingQueue<>();
    private final Set<TopicPartition> queued = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean running = true;

    /**
     * A partition whose outbox is relayed here.
     *
     * @param owner which consumer it belongs to
     * @param gone the last id that is known to be gone: to look behind it spares reading what has just been removed
     * @param depth how many records wait, as far as is known
     */
    private record Owned(Object owner, long gone, int depth) {

        /** A database that was restored gives ids again which it gave before. */
        Owned fromTheStart() {
            return new Owned(owner, 0, depth);
        }

        Owned appended(int records) {
            return new Owned(owner, gone, depth + records);
        }

        Owned relayed(long last, int records) {
            return new Owned(owner, last, Math.max(0, depth - records));
        }
    }

    OutboxRelay(String name, Transactions transactions, EventRuntime runtime, FoldMeters meters) {
        this.transactions = transactions;
        this.outbox = new Outbox(name);
        this.publisher = runtime.publisher();
        this.meters = meters;
        this.clock = runtime.clock();
        this.outage =
                new Outage("Relaying the outbox of " + name, runtime.settings().maxBackOff());
        this.thread = Thread.ofVirtual().name("relay-" + name).unstarted(this::run);
        meters.watchOutbox(
                this,
                relay -> relay.owned.values().stream().mapToInt(Owned::depth).sum());
    }

    void start() {
        thread.start();
    }

    /** Stops after the round that is under way. */
    void stop() {
        running = false;
        try {
            if (thread.isAlive()) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins with a partition of that consumer: with what a predecessor left. */
    void own(TopicPartition partition, Object owner) throws SQLException {
        int left = transactions.run(tx -> outbox.count(tx, partition));
        owned.put(partition, new Owned(owner, 0, left));
        wake(partition);
    }

    /** Looks at a partition once more: something may have been committed although the one who did so was not told. */
    void lookAgain(TopicPartition partition) {
        owned.computeIfPresent(partition, (same, so) -> so.fromTheStart());
        wake(partition);
    }

    /** Ends with a partition, unless it belongs to another consumer by now: one that was slow hears late that it lost it. */
    void disown(TopicPartition partition, Object owner) {
        owned.computeIfPresent(partition, (same, so) -> so.owner() == owner ? null : so);
    }

    /** Says that so many records have been committed. */
    void appended(TopicPartition partition, int records) {
        if (records > 0) {
            owned.computeIfPresent(partition, (same, so) -> so.appended(records));
            wake(partition);
        }
    }

    /** Why nothing is relayed at the moment; absent when all is well. */
    @Nullable
    String complaint() {
        return outage.reason();
    }

    private void wake(TopicPartition partition) {
        if (queued.add(partition)) {
            woken.add(partition);
        }
    }

    private void run() {
        while (running) {
            try {
                TopicPartition partition = woken.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (partition != null) {
                    queued.remove(partition);
                    relay(partition);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void relay(TopicPartition partition) throws InterruptedException {
        try {
            while (running && round(partition) == PAGE) {
                // a full page: more may wait
            }
            outage.over();
        } catch (Exception e) {
            Thread.sleep(outage.failed(e));
            wake(partition);
        }
    }

    private int round(TopicPartition partition) throws Exception {
        Owned so = owned.get(partition);
        if (so == null) {
            return 0;
        }
        List<OutboxRow> page = transactions.run(tx -> {
            List<OutboxRow> rows = outbox.lockAndRead(tx, partition, so.gone(), PAGE);
            if (!rows.isEmpty()) {
                publish(rows);
                outbox.remove(tx, partition, rows);
            }
            return rows;
        });
        // Behind a page that is not full nothing waits but what has been committed since.
        int records = page.size() < PAGE
                ? so.depth()
                : page.stream().mapToInt(row -> row.records().size()).sum();
        long last = page.isEmpty() ? so.gone() : page.getLast().id();
        // Who has begun anew meanwhile has counted for himself.
        owned.computeIfPresent(partition, (same, now) -> now.gone() == so.gone() ? now.relayed(last, records) : now);
        if (!page.isEmpty()) {
            meters.relayed(Duration.between(page.getFirst().createdAt(), clock.instant()));
        }
        return page.size();
    }

    private void publish(List<OutboxRow> rows) {
        CompletableFuture<?>[] published = rows.stream()
                .flatMap(row -> row.records().stream().map(record -> publisher.publishAsync(record, row.createdAt())))
                .toArray(CompletableFuture<?>[]::new);
        Publisher.await(CompletableFuture.allOf(published));
    }
}
