package dev.lifeline.poller.adapter.kafka;

import dev.lifeline.poller.application.EventLog;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Part of readiness: without the log nothing is polled. */
public final class EventLogHealth implements HealthIndicator {

    private final EventLog log;

    public EventLogHealth(EventLog log) {
        this.log = log;
    }

    @Override
    public Health health() {
        return log.isReachable()
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", "Kafka takes no events; polling waits")
                        .build();
    }
}
