package dev.lifeline.bench.brake;

import dev.lifeline.bench.policy.Agent;
import dev.lifeline.bench.policy.Pace;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Actions that are proposed at one of the instances, admitted a moment later at another, and completed. They begin at fixed
 * times, but for those that would be too many at once: these are left out, and {@link #reached} tells.
 */
final class Load implements AutoCloseable {

    private static final int MOST_AT_ONCE = 50;
    private static final int LONGEST_MOMENT_MILLIS = 200;

    private final List<URI> instances;
    private final Agent agent;
    private final double actionsPerSecond;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final AtomicInteger begun = new AtomicInteger();
    private final long start = System.nanoTime();
    private final Queue<Admission> admissions = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "load");

    /** When an admission was asked for and answered, as System.nanoTime counts, and whether it was given. */
    record Admission(long asked, long answered, boolean given) {}

    Load(List<URI> instances, Agent agent, double actionsPerSecond) {
        this.instances = List.copyOf(instances);
        this.agent = agent;
        this.actionsPerSecond = actionsPerSecond;
    }

    void start() {
        thread.start();
    }

    double actionsPerSecond() {
        return actionsPerSecond;
    }

    Queue<Admission> admissions() {
        return admissions;
    }

    /** How many actions a second have begun so far. */
    double reached() {
        return begun.get() * 1000 / Pace.since(start);
    }

    private void run() {
        Pace.keep(actionsPerSecond, number -> !over.get(), (number, meant) -> {
            if (room.tryAcquire()) {
                try {
                    begun.incrementAndGet();
                    act(new Random(meant));
                } finally {
                    room.release();
                }
            }
        });
    }

    private void act(Random random) throws InterruptedException {
        Agent.Answer decision = agent.propose(any(random));
        if (decision.status() != 200) {
            return;
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MOMENT_MILLIS));
        String id = decision.text("decisionId");
        long asked = System.nanoTime();
        boolean given = agent.admit(any(random), id).status() == 200;
        admissions.add(new Admission(asked, System.nanoTime(), given));
        if (given) {
            agent.complete(any(random), id);
        }
    }

    private URI any(Random random) {
        return instances.get(random.nextInt(instances.size()));
    }

    @Override
    public void close() throws InterruptedException {
        over.set(true);
        thread.join();
    }
}
