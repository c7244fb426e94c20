package dev.lifeline.poller;

import com.google.crypto.tink.KeysetHandle;
import dev.lifeline.poller.adapter.http.HttpConfiguration.Origin;
import dev.lifeline.poller.adapter.kafka.EventLogHealth;
import dev.lifeline.poller.adapter.kafka.KafkaEventLog;
import dev.lifeline.poller.adapter.kafka.TopicProbe;
import dev.lifeline.poller.adapter.metrics.MeteredTelemetry;
import dev.lifeline.poller.adapter.postgres.Credentials;
import dev.lifeline.poller.adapter.postgres.Database;
import dev.lifeline.poller.adapter.provider.Providers;
import dev.lifeline.poller.adapter.tink.Keysets;
import dev.lifeline.poller.adapter.tink.TinkVault;
import dev.lifeline.poller.application.Catalogue;
import dev.lifeline.poller.application.EventLog;
import dev.lifeline.poller.application.Revocation;
import dev.lifeline.poller.application.Telemetry;
import dev.lifeline.poller.application.Vault;
import dev.lifeline.poller.application.polling.Pacing;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.Publisher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/** What all parts of the service share: time, the catalogue, the log, the database and the key of its credentials. */
@Configuration(proxyBeanMethods = false)
class PollerConfiguration {

    private static final Supplier<UUID> IDS = UUID::randomUUID;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Refuses times with which a claim's lease could run out while its event may still get into the log. */
    @Bean
    Pacing pacing(PollerProperties properties, KafkaClients kafka) {
        Pacing pacing = properties.pacing();
        Duration publish = kafka.longestPublish();
        if (publish.compareTo(pacing.publishReserve()) >= 0) {
            throw new IllegalArgumentException("lifeline.poller.publish-reserve is " + pacing.publishReserve()
                    + ", but publishing may take " + publish + ", max.block.ms twice and delivery.timeout.ms of"
                    + " spring.kafka.producer.properties: make these shorter, or the reserve longer, and with it"
                    + " lifeline.poller.lease");
        }
        return pacing;
    }

    @Bean
    Catalogue catalogue(PollerProperties properties, Clock clock) {
        return new Catalogue(properties.kinds(), Providers.of(properties.providers(), clock));
    }

    @Bean
    Vault vault(PollerProperties properties, ObjectProvider<Database> database) {
        String keyset = properties.poller().keyset();
        return keyset == null || keyset.isBlank()
                ? vault("lifeline.poller.keyset-file", () -> keysetIn(keysetFile(properties.poller()), database))
                : vault("lifeline.poller.keyset", () -> Keysets.parse(keyset));
    }

    /** A new keyset reads nothing that was sealed before, so none is made where something was. */
    private static KeysetHandle keysetIn(Path file, ObjectProvider<Database> database)
            throws IOException, GeneralSecurityException {
        if (!Files.exists(file) && database.stream().anyMatch(Credentials::areIn)) {
            throw new IllegalArgumentException("lifeline.poller.keyset-file: there is no " + file
                    + ", but the database holds credentials that only its keyset reads. Restore it from its backup, or mount"
                    + " the volume that has it. If it is lost for good, make a new one with RotateKeyset new FILE: then every"
                    + " user has to connect again");
        }
        return Keysets.in(file);
    }

    private static Vault vault(String setting, KeysetSource source) {
        try {
            return new TinkVault(source.keyset());
        } catch (IOException e) {
            throw new IllegalArgumentException(setting + " can not be read or made: " + e, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    setting
                            + " holds no keyset that encrypts. Restore it from its backup: without it no credential can be"
                            + " read, and every user has to connect again",
                    e);
        }
    }

    @FunctionalInterface
    private interface KeysetSource {
        KeysetHandle keyset() throws IOException, GeneralSecurityException;
    }

    private static Path keysetFile(PollerProperties.Poller poller) {
        if (poller.keysetFile() == null) {
            throw new IllegalArgumentException(
                    "neither lifeline.poller.keyset nor lifeline.poller.keyset-file is given:"
                            + " credentials can not be encrypted");
        }
        return poller.keysetFile();
    }

    @Bean
    Telemetry telemetry(MeterRegistry meters, ObservationRegistry observations, Clock clock) {
        return new MeteredTelemetry(meters, observations, clock);
    }

    @Bean
    Database database(DataSource dataSource) {
        return new Database(dataSource);
    }

    @Bean
    Credentials credentials(Vault vault) {
        return new Credentials(vault);
    }

    @Bean
    Instance instance(PollerProperties properties) {
        String name = properties.poller().instance();
        return name == null || name.isBlank() ? new Instance(IDS.get().toString()) : new Instance(name);
    }

    /** Who this process is, as a holder of leases. */
    record Instance(String name) {}

    @Bean
    TopicProbe topicProbe(KafkaAdmin kafka) {
        return new TopicProbe(kafka.getConfigurationProperties());
    }

    @Bean
    KafkaEventLog eventLog(Publisher publisher, TopicProbe probe) {
        return new KafkaEventLog(publisher, probe);
    }

    @Bean
    EventLogHealth eventLogHealthIndicator(EventLog log) {
        return new EventLogHealth(log);
    }

    @Bean
    Revocation revocation(Catalogue catalogue, Pacing pacing) {
        return new Revocation(
                catalogue,
                pacing.callTimeout(),
                task -> Thread.ofVirtual().name("revoke").start(task));
    }

    @Bean
    Origin origin(PollerProperties properties) {
        return new Origin(properties.publicUrl());
    }
}
