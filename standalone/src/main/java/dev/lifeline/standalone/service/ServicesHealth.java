package dev.lifeline.standalone.service;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** The readiness of the services beside the one that is asked, since one readiness route answers for all. */
final class ServicesHealth implements HealthIndicator {

    private final int expected;
    private final Supplier<List<ServiceContext>> running;

    ServicesHealth(int expected, Supplier<List<ServiceContext>> running) {
        this.expected = expected;
        this.running = running;
    }

    @Override
    public Health health() {
        List<ServiceContext> services = running.get();
        boolean ready = services.size() == expected;
        Health.Builder health = Health.up();
        for (ServiceContext service : services) {
            Status readiness = service.readiness();
            health.withDetail(service.name(), readiness.getCode());
            ready = ready && Status.UP.equals(readiness);
        }
        return ready ? health.build() : health.outOfService().build();
    }
}
