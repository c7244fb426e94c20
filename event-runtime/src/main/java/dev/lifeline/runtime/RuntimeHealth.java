package dev.lifeline.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether Kafka answers, whether every fold and command handler runs and keeps up, and whether what is to be published is. To be part of the readiness group:
 * {@code management.endpoint.health.group.readiness.include: readinessState,runtime}.
 */
final class RuntimeHealth extends AbstractHealthIndicator implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 2;

    private final KafkaClients clients;
    private final List<EventConsumer> watched;
    private final List<ServiceOutbox> outboxes;
    private @Nullable Admin admin;

    RuntimeHealth(KafkaClients clients, List<EventConsumer> watched, List<ServiceOutbox> outboxes) {
        super("The event runtime could not be asked");
        this.clients = clients;
        this.watched = List.copyOf(watched);
        this.outboxes = List.copyOf(outboxes);
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws InterruptedException {
        health.up();
        try {
            kafka().describeCluster().clusterId().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            health.down().withDetail("kafka", "does not answer");
        }
        for (EventConsumer one : watched) {
            List<String> complaints = one.complaints();
            if (!complaints.isEmpty()) {
                health.down().withDetail(one.name(), complaints);
            }
        }
        for (ServiceOutbox outbox : outboxes) {
            String complaint = outbox.complaint();
            if (complaint != null) {
                health.down().withDetail(outbox.name(), complaint);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private synchronized Admin kafka() {
        if (admin == null) {
            admin = clients.admin();
        }
        return admin;
    }
}
