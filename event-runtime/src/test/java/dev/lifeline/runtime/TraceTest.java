package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.Backends;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Traces as a service has them: Micrometer's observations over OpenTelemetry. */
@ExtendWith(Backends.class)
class TraceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final Scene scene = new Scene();
    private final ConnectorPolled event = Scene.polled(UUID.randomUUID(), 1);
    private final ApplicationContextRunner traced = new ApplicationContextRunner()
            .withUserConfiguration(Service.class)
            .withBean(DataSource.class, () -> scene.pool)
            .withPropertyValues(
                    "management.otlp.metrics.export.enabled=false",
                    "spring.kafka.bootstrap-servers=" + Backends.kafka().bootstrapServers());

    @EnableAutoConfiguration
    static class Service {}

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void what_a_fold_causes_continues_the_trace_of_its_cause() {
        sendTraced();
        traced.run(context -> {
            EventRuntime runtime = scene.runtime(settings(), context.getBean(ObservationRegistry.class));
            scene.start(runtime.run(scene.fold(), scene.pool));
            Scene.eventually().until(() -> scene.read(scene.out).size() == 1);

            assertThat(traceparent(scene.read(scene.out).getFirst()))
                    .startsWith("00-" + TRACE)
                    .isNotEqualTo(TRACEPARENT);
        });
    }

    @Test
    void it_is_handed_on_as_it_is_where_nothing_is_traced() {
        sendTraced();
        scene.start(scene.fold(), scene.pool);

        Scene.eventually().until(() -> scene.read(scene.out).size() == 1);
        assertThat(traceparent(scene.read(scene.out).getFirst())).isEqualTo(TRACEPARENT);
    }

    @Test
    void what_a_handler_publishes_continues_the_trace_of_its_command() {
        sendTraced();
        traced.run(context -> {
            EventRuntime runtime = scene.runtime(settings(), context.getBean(ObservationRegistry.class));
            runtime.topics().create();
            scene.start(runtime.feed(new CommandHandler<ConnectorEvent>() {
                @Override
                public String name() {
                    return "handler-of-" + scene.events.name();
                }

                @Override
                public Topic topic() {
                    return scene.events;
                }

                @Override
                public Class<ConnectorEvent> family() {
                    return ConnectorEvent.class;
                }

                @Override
                public void handle(Received<ConnectorEvent> command) {
                    runtime.publisher().publish(command.message());
                }
            }));

            Scene.eventually()
                    .untilAsserted(() -> assertThat(scene.read(Topics.CONNECTOR_EVENTS))
                            .filteredOn(record -> new String(record.key(), UTF_8).equals(event.key()))
                            .singleElement()
                            .satisfies(record -> assertThat(traceparent(record)).startsWith("00-" + TRACE)));
        });
    }

    @Test
    void what_a_transaction_of_a_services_own_tells_continues_the_trace_of_its_caller() {
        traced.run(context -> {
            ObservationRegistry observations = context.getBean(ObservationRegistry.class);
            EventRuntime runtime = scene.runtime(settings(), observations);
            runtime.topics().create();
            ServiceOutbox outbox = runtime.outbox("answers", scene.pool);
            outbox.start();
            AtomicReference<String> callers = new AtomicReference<>();
            try (Connection tx = scene.database.connect()) {
                Observation.start("request", observations).observe(() -> {
                    callers.set(String.valueOf(runtime.publisher().traceparent()));
                    Statements last = new Statements(tx);
                    try {
                        outbox.append(last, List.of(event));
                        last.send();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                outbox.committed();
                Scene.eventually()
                        .untilAsserted(() -> assertThat(scene.read(Topics.CONNECTOR_EVENTS))
                                .filteredOn(record -> new String(record.key(), UTF_8).equals(event.key()))
                                .singleElement()
                                .satisfies(record -> assertThat(traceparent(record))
                                        .startsWith(callers.get().substring(0, 35))));
            } finally {
                outbox.stop();
            }
        });
    }

    private void sendTraced() {
        scene.send(
                event.key(),
                Codec.typeOf(event),
                new Codec().encode(event),
                Scene.partition(event.userId()),
                TRACEPARENT);
        scene.flush();
    }

    private static RuntimeSettings settings() {
        RuntimeSettings defaults = RuntimeSettings.defaults();
        return new RuntimeSettings(
                new RuntimeSettings.TopicSettings(false, Scene.PARTITIONS, (short) 1),
                1,
                500,
                Duration.ofMillis(100),
                defaults.maxBackOff(),
                defaults.patience());
    }

    private static String traceparent(ConsumerRecord<?, ?> record) {
        return String.valueOf(CloudEvent.header(record.headers(), CloudEvent.TRACEPARENT_HEADER));
    }
}
