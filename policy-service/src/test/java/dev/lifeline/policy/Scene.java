package dev.lifeline.policy;

import static org.awaitility.Awaitility.await;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyCommand.ApproveAction;
import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.RejectAction;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.AutonomyCommand.UpdateAutonomySettings;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.events.TrustTier;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.RuntimeSettings;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What surrounds policy-service: an issuer, a broker, a database of its own, users who command and agents who ask. */
public class Scene implements AutoCloseable {

    static final int PARTITIONS = 2;
    public static final UUID OPS = UUID.fromString("99999999-9999-4999-8999-999999999999");
    static final JsonMapper JSON = new JsonMapper();

    public final TestIssuer issuer = TestIssuer.start();
    public final Database database;
    private final EventRuntime runtime;
    private final HttpClient http = HttpClient.newHttpClient();
    private final TopicReader autonomy;
    private final TopicReader actions;

    public Scene(Database database) {
        this.database = database.owner("lifeline_policy", "policy");
        Backends.kafka()
                .createTopics(Topics.all().stream()
                        .map(topic -> topic.creation(PARTITIONS, (short) 1))
                        .toList());
        runtime = new EventRuntime(
                "test",
                KafkaClients.of(Backends.kafka().bootstrapServers()),
                RuntimeSettings.defaults(),
                new SimpleMeterRegistry(),
                ObservationRegistry.NOOP,
                Clock.systemUTC());
        autonomy = new TopicReader(Topics.AUTONOMY_EVENTS, PARTITIONS);
        actions = new TopicReader(Topics.ACTION_EVENTS, PARTITIONS);
    }

    /** How an instance is told where it is. */
    public List<String> arguments() {
        return List.of(
                "--spring.config.name=" + PolicyApplication.CONFIGURATION,
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.connection-timeout=1000",
                "--spring.kafka.bootstrap-servers=" + Backends.kafka().bootstrapServers(),
                "--lifeline.policy.issuer=" + issuer.uri(),
                "--lifeline.runtime.tick-interval=100ms",
                "--lifeline.runtime.max-back-off=500ms",
                "--lifeline.runtime.topics.partitions=" + PARTITIONS,
                "--lifeline.runtime.topics.replication=1");
    }

    public void publish(Message message) {
        runtime.publisher().publish(message);
    }

    /** Sends a command; returns what it was answered with, from whichever topic. */
    public Message command(AutonomyCommand command) {
        publish(command);
        return answer(command.userId(), command.commandId());
    }

    Message answer(UUID user, UUID commandId) {
        List<Message> found = new ArrayList<>();
        eventually().until(() -> {
            found.addAll(heard(user, message -> commandId.equals(commandOf(message))));
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    public UUID trustingUser() {
        UUID user = UUID.randomUUID();
        command(new UpdateAutonomySettings(
                user, UUID.randomUUID(), user, ActorRole.USER, settings(TrustTier.HIGH_AUTONOMY), null));
        return user;
    }

    static AutonomySettings settings(TrustTier tier) {
        return new AutonomySettings(tier, 1_000L, 2_000L, List.of(), List.of("banking"), false, null, "UTC");
    }

    Message pause(UUID user) {
        return command(pauseOf(user));
    }

    static PauseAutonomy pauseOf(UUID user) {
        return new PauseAutonomy(user, UUID.randomUUID(), user, ActorRole.USER, PauseScope.EVERYTHING, "on holiday");
    }

    Message resume(UUID user, long version) {
        return command(resumeOf(user, version));
    }

    static ResumeAutonomy resumeOf(UUID user, long version) {
        return new ResumeAutonomy(user, UUID.randomUUID(), user, ActorRole.USER, PauseScope.EVERYTHING, version);
    }

    Message pauseEverybody(PauseScope scope) {
        return command(new PauseAutonomy(Operator.ID, UUID.randomUUID(), OPS, ActorRole.OPERATOR, scope, "incident 7"));
    }

    Message resumeEverybody(PauseScope scope, long version) {
        return command(new ResumeAutonomy(Operator.ID, UUID.randomUUID(), OPS, ActorRole.OPERATOR, scope, version));
    }

    Message approve(UUID user, String approvalId, @Nullable UUID token) {
        return command(new ApproveAction(
                user, UUID.randomUUID(), user, ActorRole.USER, UUID.fromString(approvalId), null, token));
    }

    Message reject(UUID user, String approvalId) {
        return command(new RejectAction(
                user, UUID.randomUUID(), user, ActorRole.USER, UUID.fromString(approvalId), "not now"));
    }

    /** A harmless action, as JSON. */
    public static String action(UUID actionId, String more) {
        return """
                {"actionId": "%s", "actionType": "note.write", "description": "Write a note", "domain": "notes",
                 "connector": null, "parameters": {"text": "hello"}, "estimatedCostCents": 0, "reversible": true,
                 "provenance": "user_originated", "urgency": "normal",
                 "risk": {"overall": "low", "dimensions": {"reversibility": "low", "financial_impact": "low",
                   "legal_sensitivity": "low", "privacy_sensitivity": "low", "relationship_sensitivity": "low",
                   "operational_risk": "low"}}%s}
                """.formatted(actionId, more);
    }

    public record Reply(int status, JsonNode body) {
        public String text(String field) {
            return body.path(field).asString("");
        }
    }

    public Reply post(String base, String path, String token, String body) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(base + path))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .timeout(Duration.ofSeconds(20))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body()));
        } catch (IOException e) {
            return new Reply(0, JSON.createObjectNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What has been published about a user (or about everybody): of each topic in its order, each once. */
    List<Message> heard(UUID user, Predicate<Message> which) {
        return Stream.of(autonomy, actions)
                .flatMap(topic -> topic.read().stream())
                .filter(message -> message.userId().equals(user))
                .filter(which)
                .toList();
    }

    <T extends Message> List<T> heard(UUID user, Class<T> type) {
        return heard(user, type::isInstance).stream().map(type::cast).toList();
    }

    /** All that is in one of the topics of events, each once. */
    public List<Message> read(Topic topic) {
        return (topic.equals(Topics.AUTONOMY_EVENTS) ? autonomy : actions).read();
    }

    private static @Nullable UUID commandOf(Message message) {
        return switch (message) {
            case AutonomyEvent.AutonomyPaused e -> e.commandId();
            case AutonomyEvent.AutonomyResumed e -> e.commandId();
            case AutonomyEvent.AutonomySettingsUpdated e -> e.commandId();
            case AutonomyEvent.TrustTierChanged e -> e.commandId();
            case AutonomyEvent.PolicyChanged e -> e.commandId();
            case AutonomyEvent.PolicyRemoved e -> e.commandId();
            case AutonomyEvent.CommandRejected e -> e.commandId();
            case AutonomyEvent.UnreadableResolved e -> e.commandId();
            case ActionEvent.ConfirmationRequired e -> e.commandId();
            case ActionEvent.ApprovalGranted e -> e.commandId();
            case ActionEvent.ApprovalRejected e -> e.commandId();
            default -> null;
        };
    }

    public static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    @Override
    public void close() {
        autonomy.close();
        actions.close();
        runtime.close();
        issuer.close();
    }
}
