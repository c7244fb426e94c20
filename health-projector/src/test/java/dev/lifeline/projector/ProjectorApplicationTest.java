package dev.lifeline.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.runtime.Publisher;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.config.ScheduledTaskHolder;

@ExtendWith(Backends.class)
class ProjectorApplicationTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void makes_its_schema_folds_and_says_when_it_is_ready(Database database) {
        database.owner("lifeline_query", "web");
        Database owner = database.owner("lifeline_projector", "read_model");
        try (ConfigurableApplicationContext service = start(owner, "10s")) {
            String port = service.getEnvironment().getRequiredProperty("local.server.port");
            Projection.eventually()
                    .until(() -> get(port, "/actuator/health/readiness").statusCode() == 200);
            UUID user = UUID.randomUUID();
            service.getBean(Publisher.class)
                    .publish(new ConnectorConnected(
                            user, "gmail", "sandbox", user, 1, 1, 0, Duration.ofDays(1), "alice@example.org"));
            Projection.eventually()
                    .until(() -> "ok"
                            .equals(owner.value(
                                    "SELECT condition FROM connector_health WHERE user_id = '" + user + "'")));
            assertThat(service.getBean(ScheduledTaskHolder.class).getScheduledTasks())
                    .singleElement()
                    .hasToString(Forgetting.class.getName() + ".forget");
            Projection.eventually()
                    .until(() ->
                            get(port, "/actuator/prometheus").body().contains("lifeline_projector_events_ignored"));
        }
    }

    @Test
    void says_which_role_is_missing_that_is_to_read_the_read_model(Database database) {
        Database owner = database.owner("lifeline_projector", "read_model");
        assertThatThrownBy(() -> start(owner, "10s", "--spring.flyway.placeholders.reader=nobody_yet"))
                .hasStackTraceContaining("role \"nobody_yet\" does not exist");
    }

    @Test
    void names_the_setting_that_is_wrong() {
        assertThatThrownBy(() -> new ProjectorProperties(Duration.ofSeconds(-1), Duration.ZERO))
                .hasMessage("lifeline.projector.grace is PT-1S; it must not be negative");
        assertThatThrownBy(() -> new ProjectorProperties(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessage("lifeline.projector.verify-every is PT1S; it must be 0, for never, or at least PT1M");
        assertThat(new ProjectorProperties(Duration.ZERO, Duration.ZERO).grace())
                .isZero();
    }

    private static ConfigurableApplicationContext start(Database owner, String grace, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.name=" + ProjectorApplication.CONFIGURATION,
                "--server.port=0",
                "--lifeline.projector.grace=" + grace,
                "--spring.datasource.url=" + owner.jdbcUrl(),
                "--spring.datasource.username=" + owner.user(),
                "--spring.datasource.password=" + owner.password(),
                "--spring.kafka.bootstrap-servers=" + Backends.kafka().bootstrapServers(),
                "--lifeline.runtime.topics.partitions=2",
                "--lifeline.runtime.topics.replication=1"));
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(ProjectorApplication.class).run(arguments.toArray(String[]::new));
    }

    private HttpResponse<String> get(String port, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
