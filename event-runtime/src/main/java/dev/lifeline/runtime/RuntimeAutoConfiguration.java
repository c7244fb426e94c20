package dev.lifeline.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Gives a service its {@link Publisher}, runs its {@link Fold} and {@link CommandHandler} beans, and says in its health
 * {@code runtime} whether they keep up. {@code spring.application.name} is the {@code ce_source}.
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(RuntimeSettings.class)
public class RuntimeAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KafkaClients kafkaClients(KafkaProperties properties, KafkaConnectionDetails connection) {
        return new KafkaClients(
                at(connection.getProducer(), properties.buildProducerProperties()),
                at(connection.getConsumer(), properties.buildConsumerProperties()),
                at(connection.getAdmin(), properties.buildAdminProperties()));
    }

    @Bean
    @ConditionalOnMissingBean
    EventRuntime eventRuntime(
            Environment environment,
            KafkaClients clients,
            RuntimeSettings settings,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<ObservationRegistry> observations,
            ObjectProvider<Clock> clock) {
        return new EventRuntime(
                environment.getProperty("spring.application.name", "unnamed"),
                clients,
                settings,
                meters.getIfAvailable(SimpleMeterRegistry::new),
                observations.getIfAvailable(() -> ObservationRegistry.NOOP),
                clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnMissingBean
    Publisher publisher(EventRuntime runtime) {
        return runtime.publisher();
    }

    @Bean
    EventConsumers eventConsumers(
            EventRuntime runtime,
            ObjectProvider<Fold<?>> folds,
            ObjectProvider<CommandHandler<?>> handlers,
            ObjectProvider<DataSource> database) {
        Stream<FoldRunner<?>> runners = folds.orderedStream().map(fold -> runtime.run(fold, database.getObject()));
        Stream<CommandConsumer<?>> feeders = handlers.orderedStream().map(runtime::feed);
        return new EventConsumers(Stream.<EventConsumer>concat(runners, feeders).toList());
    }

    @Bean
    RuntimeHealth runtimeHealthIndicator(
            KafkaClients clients, EventConsumers consumers, ObjectProvider<ServiceOutbox> outboxes) {
        return new RuntimeHealth(
                clients, consumers.all(), outboxes.orderedStream().toList());
    }

    private static Map<String, Object> at(
            KafkaConnectionDetails.Configuration connection, Map<String, Object> properties) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, connection.getBootstrapServers());
        return settings;
    }
}
