package dev.lifeline.poller;

import dev.lifeline.poller.application.polling.Scheduler;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Part of readiness: every kind of connector is being polled. */
final class PollingHealth implements HealthIndicator {

    private final Scheduler scheduler;

    PollingHealth(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Health health() {
        return scheduler.isWorking()
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", "a kind of connector is not polled; the log says why")
                        .build();
    }
}
