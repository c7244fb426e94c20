package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.testing.Backends;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@ExtendWith(Backends.class)
class RuntimeAutoConfigurationTest {

    private final Scene scene = new Scene();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, RuntimeAutoConfiguration.class))
            .withPropertyValues(
                    "spring.application.name=test",
                    "spring.kafka.bootstrap-servers=" + Backends.kafka().bootstrapServers(),
                    "lifeline.runtime.tick-interval=100ms",
                    "lifeline.runtime.topics.replication=1");

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void runs_the_folds_of_a_service_and_says_whether_they_keep_up() {
        application
                .withBean(DataSource.class, () -> scene.pool)
                .withBean(NotingFold.class, scene::fold)
                .run(context -> {
                    scene.send(10);
                    Scene.eventually().until(() -> scene.folded() == 10);
                    RuntimeHealth health = context.getBean(RuntimeHealth.class);
                    Scene.eventually()
                            .untilAsserted(() ->
                                    assertThat(health.health().getStatus()).isEqualTo(Status.UP));
                });
    }

    @Test
    void a_service_that_only_publishes_needs_no_database() {
        application.run(context -> {
            assertThat(context).hasSingleBean(Publisher.class);
            assertThat(context.getBean(RuntimeHealth.class).health().getStatus())
                    .isEqualTo(Status.UP);
        });
    }

    @Test
    void says_that_kafka_does_not_answer() {
        application
                .withPropertyValues("spring.kafka.bootstrap-servers=127.0.0.1:1")
                .run(context -> assertThat(
                                context.getBean(RuntimeHealth.class).health().getDetails())
                        .containsEntry("kafka", "does not answer"));
    }
}
