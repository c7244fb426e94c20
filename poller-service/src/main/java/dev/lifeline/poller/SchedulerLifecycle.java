package dev.lifeline.poller;

import dev.lifeline.poller.application.polling.Scheduler;
import org.springframework.context.SmartLifecycle;

/** Begins to poll once everything else is up, and lets polls end before anything else goes. */
final class SchedulerLifecycle implements SmartLifecycle {

    private final Scheduler scheduler;
    private final Runnable beforeStart;
    private volatile boolean running;

    SchedulerLifecycle(Scheduler scheduler, Runnable beforeStart) {
        this.scheduler = scheduler;
        this.beforeStart = beforeStart;
    }

    @Override
    public void start() {
        beforeStart.run();
        scheduler.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        scheduler.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
