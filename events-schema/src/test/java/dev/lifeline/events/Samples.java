package dev.lifeline.events;

import dev.lifeline.events.ConnectorCommand.DisableConnector;
import dev.lifeline.events.ConnectorCommand.EnableConnector;
import dev.lifeline.events.ConnectorCommand.RemoveConnector;
import dev.lifeline.events.ConnectorEvent.ConnectorCommandRejected;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorDisabled;
import dev.lifeline.events.ConnectorEvent.ConnectorEnabled;
import dev.lifeline.events.ConnectorEvent.ConnectorPollFailed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorReauthorized;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.events.ConnectorEvent.GrantRevoked;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.UserEvent.UserErased;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A message of each type, as full as it can be, and as lean as it can be where the two differ. */
final class Samples {

    private static final UUID ALICE = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID GRANT = UUID.fromString("6f1f6a5e-3a3c-4f0e-9b55-1d2c3b4a5f60");
    private static final UUID COMMAND = UUID.fromString("0d9c8b7a-6f5e-4d3c-8b1a-0f1e2d3c4b5a");
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Instant MORNING = Instant.parse("2026-11-24T09:41:00Z");

    private static final List<Message> USERS = List.of(new UserErased(ALICE, MORNING));

    private static final List<Message> CONNECTORS = List.of(
            new ConnectorConnected(ALICE, "gmail", "google", GRANT, 1, 1, 0, SOON, "alice@example.org"),
            new ConnectorReauthorized(ALICE, "gmail", "google", GRANT, 2, 7, 0, SOON, "alice@example.org"),
            new ConnectorPolled(ALICE, "gmail", "google", GRANT, 1, 2, 0, SOON, 3),
            new ConnectorPollFailed(
                    ALICE,
                    "gmail",
                    "google",
                    GRANT,
                    1,
                    3,
                    1,
                    Duration.ofMillis(5250),
                    FailureClass.TRANSIENT,
                    "http_503",
                    "server-error",
                    "1",
                    503,
                    "backendError",
                    "The service is currently unavailable."),
            new OAuthRefreshFailed(
                    ALICE,
                    "gmail",
                    "google",
                    GRANT,
                    1,
                    4,
                    2,
                    Duration.ofMinutes(20),
                    FailureClass.REAUTH,
                    "invalid_rapt",
                    true,
                    "google-subtype",
                    "1",
                    400,
                    "invalid_grant",
                    "invalid_rapt",
                    "reauth related error (invalid_rapt)",
                    "google",
                    List.of("50173")),
            new GrantRevoked(ALICE, "google", GRANT, 1, "tokens-revoked"),
            new ConnectorDisabled(ALICE, "gmail", "google", GRANT, 1, 5, 0, Duration.ZERO, COMMAND),
            new ConnectorEnabled(ALICE, "gmail", "google", GRANT, 1, 6, 0, SOON, COMMAND),
            new ConnectorRemoved(ALICE, "gmail", "google", GRANT, 1, 8, 0, Duration.ZERO, COMMAND),
            new ConnectorCommandRejected(ALICE, "gmail", COMMAND, "There is no connector gmail."),
            new DisableConnector(ALICE, COMMAND, "gmail", ALICE, ActorRole.USER),
            new EnableConnector(ALICE, COMMAND, "gmail", ALICE, ActorRole.USER),
            new RemoveConnector(ALICE, COMMAND, "gmail", ALICE, ActorRole.OPERATOR),
            new ConnectorHealthChanged(
                    ALICE,
                    "gmail",
                    "google",
                    GRANT,
                    1,
                    4,
                    Status.NEEDS_REAUTH,
                    Condition.NEEDS_REAUTH,
                    FailureClass.REAUTH,
                    "invalid_grant",
                    2,
                    MORNING,
                    MORNING.plusMillis(5125),
                    MORNING.plusSeconds(1200),
                    MORNING.plusMillis(5125),
                    4,
                    new SourcePosition("lifeline.connector.events", 2, 40)));

    private static final List<Message> FULL = Stream.of(CONNECTORS, AutonomySamples.full(), USERS)
            .flatMap(List::stream)
            .toList();

    private static final List<Message> LEAN_CONNECTORS = List.of(
            new ConnectorPollFailed(
                    ALICE,
                    "gmail",
                    "google",
                    GRANT,
                    1,
                    3,
                    1,
                    SOON,
                    FailureClass.TRANSIENT,
                    "timeout",
                    "no-answer",
                    "1",
                    0,
                    null,
                    null),
            new OAuthRefreshFailed(
                    ALICE,
                    "gmail",
                    "google",
                    GRANT,
                    1,
                    4,
                    1,
                    SOON,
                    FailureClass.TRANSIENT,
                    "timeout",
                    false,
                    "no-answer",
                    "1",
                    0,
                    null,
                    null,
                    null,
                    null,
                    null),
            new ConnectorDisabled(ALICE, "gmail", "google", GRANT, 1, 5, 0, Duration.ZERO, null),
            new ConnectorEnabled(ALICE, "gmail", "google", GRANT, 1, 6, 0, SOON, null),
            new ConnectorRemoved(ALICE, "gmail", "google", GRANT, 1, 8, 0, Duration.ZERO, null),
            new ConnectorHealthChanged(
                    ALICE,
                    "gmail",
                    "google",
                    GRANT,
                    1,
                    1,
                    Status.CONNECTED,
                    Condition.OK,
                    null,
                    null,
                    0,
                    null,
                    null,
                    null,
                    MORNING,
                    1,
                    new SourcePosition("lifeline.connector.events", 0, 0)));

    private static final List<Message> LEAN = Stream.of(LEAN_CONNECTORS, AutonomySamples.lean())
            .flatMap(List::stream)
            .toList();

    private Samples() {}

    /** One of each type. */
    static List<Message> full() {
        return FULL;
    }

    /** One of each type that has something that may be absent, without it. */
    static List<Message> lean() {
        return LEAN;
    }
}
