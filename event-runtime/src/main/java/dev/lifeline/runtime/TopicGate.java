package dev.lifeline.runtime;

import dev.lifeline.events.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a consumer back until Kafka answers and its topics are there, however long that takes. */
final class TopicGate {

    private final List<Topic> topics;
    private final EventRuntime runtime;
    private final Runnable behind;
    private final Outage outage;
    private @Nullable Thread waiting;
    private volatile boolean passed;
    private long waitMillis;

    /** @param behind what is to be done once the topics are there; again, as long as it throws */
    TopicGate(String name, EventRuntime runtime, List<Topic> topics, Runnable behind) {
        this.topics = topics;
        this.runtime = runtime;
        this.behind = behind;
        this.outage = new Outage("The start of " + name, runtime.settings().maxBackOff());
    }

    void open() {
        waiting = Thread.ofVirtual().name("topic-gate").start(this::await);
    }

    /** Gives up waiting. */
    void close() {
        Thread thread = waiting;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean passed() {
        return passed;
    }

    List<String> complaints() {
        String reason = outage.reason();
        return List.of(reason == null ? "starting" : reason);
    }

    private void await() {
        try {
            while (!passes()) {
                Thread.sleep(waitMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean passes() throws InterruptedException {
        try {
            runtime.topics().ensure(topics);
            behind.run();
            passed = true;
            outage.over();
        } catch (RuntimeException e) {
            waitMillis = outage.failed(e);
        }
        return passed;
    }
}
