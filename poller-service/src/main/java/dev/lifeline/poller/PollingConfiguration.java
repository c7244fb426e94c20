package dev.lifeline.poller;

import dev.lifeline.poller.adapter.kafka.ConnectorCommands;
import dev.lifeline.poller.adapter.postgres.Credentials;
import dev.lifeline.poller.adapter.postgres.Database;
import dev.lifeline.poller.adapter.postgres.PostgresCommandedConnectors;
import dev.lifeline.poller.adapter.postgres.PostgresConnectors;
import dev.lifeline.poller.adapter.postgres.PostgresGrants;
import dev.lifeline.poller.application.Catalogue;
import dev.lifeline.poller.application.EventLog;
import dev.lifeline.poller.application.Revocation;
import dev.lifeline.poller.application.Telemetry;
import dev.lifeline.poller.application.command.CarryOutCommand;
import dev.lifeline.poller.application.polling.Grants;
import dev.lifeline.poller.application.polling.Pacing;
import dev.lifeline.poller.application.polling.PollConnector;
import dev.lifeline.poller.application.polling.RefreshCredential;
import dev.lifeline.poller.application.polling.Scheduler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what polls: the schedule, the refresh, and the commands that change both. Chance comes in here. */
@Configuration(proxyBeanMethods = false)
class PollingConfiguration {

    private static final Supplier<UUID> IDS = UUID::randomUUID;

    @Bean
    PostgresConnectors connectors(Database database, PollerConfiguration.Instance instance) {
        return new PostgresConnectors(database, instance.name());
    }

    @Bean
    PostgresGrants grants(Database database, Credentials credentials, PollerConfiguration.Instance instance) {
        return new PostgresGrants(database, credentials, IDS, instance.name());
    }

    @Bean
    RefreshCredential refreshCredential(Grants grants, Pacing pacing, Telemetry telemetry, Clock clock) {
        return new RefreshCredential(grants, pacing, telemetry, clock);
    }

    @Bean
    PollConnector pollConnector(
            PostgresConnectors connectors,
            Grants grants,
            RefreshCredential credentials,
            Catalogue catalogue,
            EventLog log,
            Pacing pacing,
            Telemetry telemetry) {
        return new PollConnector(
                connectors,
                grants,
                credentials,
                catalogue,
                log,
                pacing,
                () -> ThreadLocalRandom.current().nextDouble(),
                telemetry);
    }

    @Bean(destroyMethod = "")
    Scheduler scheduler(
            Catalogue catalogue,
            PollerProperties properties,
            PostgresConnectors connectors,
            PollConnector polling,
            EventLog log,
            Pacing pacing,
            MeterRegistry meters) {
        Scheduler scheduler =
                new Scheduler(catalogue, properties.poller().concurrency(), connectors, polling, log, pacing);
        Gauge.builder("lifeline.poller.work", scheduler, it -> it.hasWork() ? 1 : 0)
                .description("1 where a connector is to be polled, now or later; 0 where none is")
                .register(meters);
        return scheduler;
    }

    @Bean
    PollingHealth pollingHealthIndicator(Scheduler scheduler) {
        return new PollingHealth(scheduler);
    }

    @Bean
    SchedulerLifecycle schedulerLifecycle(Scheduler scheduler, PostgresConnectors connectors, PostgresGrants grants) {
        return new SchedulerLifecycle(scheduler, () -> {
            grants.forgetOwnTurns();
            connectors.forgetOwnLeases();
        });
    }

    @Bean
    ConnectorCommands connectorCommands(
            Database database,
            Credentials credentials,
            PollerConfiguration.Instance instance,
            PostgresConnectors connectors,
            EventLog log,
            Revocation revocation,
            Pacing pacing,
            Scheduler scheduler) {
        return new ConnectorCommands(new CarryOutCommand(
                new PostgresCommandedConnectors(database, credentials, instance.name()),
                connectors,
                log,
                revocation,
                pacing.lease(),
                scheduler::nudge));
    }
}
