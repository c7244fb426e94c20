package dev.lifeline.projector.domain;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorDisabled;
import dev.lifeline.events.ConnectorEvent.ConnectorEnabled;
import dev.lifeline.events.ConnectorEvent.ConnectorPollFailed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorReauthorized;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.events.ConnectorEvent.GrantRevoked;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a user's history down, event by event, as a log would have it, and folds it on the way. */
final class History {

    static final UUID USER = UUID.fromString("11111111-1111-4111-8111-111111111111");
    static final UUID GRANT = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
    static final Duration GRACE = Duration.ofSeconds(10);
    static final Duration INTERVAL = Duration.ofSeconds(60);
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final ConnectorFold fold = new ConnectorFold(GRACE);
    private final List<Change> told = new ArrayList<>();
    private Connectors connectors = Connectors.NONE;
    private Instant now = START;
    private long offset;
    private Folded last = new Folded(List.of(), null, null);

    /** Lets time pass before the next event. */
    History after(Duration pause) {
        now = now.plus(pause);
        return this;
    }

    History fact(ConnectorEvent event) {
        last = fold.fold(connectors, new Fact(event, now, at(offset++)));
        for (Change change : last.changes()) {
            connectors = connectors.with(change.after());
            told.add(change);
        }
        now = now.plusSeconds(1);
        return this;
    }

    History tick() {
        for (ConnectorHealth connector : connectors.all()) {
            fold.overdue(connector, now).ifPresent(change -> {
                connectors = connectors.with(change.after());
                told.add(change);
            });
        }
        return this;
    }

    ConnectorHealth connector(String name) {
        ConnectorHealth found = connectors.named(name);
        if (found == null) {
            throw new AssertionError("no connector " + name);
        }
        return found;
    }

    Connectors connectors() {
        return connectors;
    }

    List<Change> told() {
        return List.copyOf(told);
    }

    Folded last() {
        return last;
    }

    Instant now() {
        return now;
    }

    static SourcePosition at(long offset) {
        return new SourcePosition(Topics.CONNECTOR_EVENTS.name(), 0, offset);
    }

    static ConnectorEvent connected(String name, long generation, long attempt) {
        return new ConnectorConnected(
                USER, name, "sandbox", GRANT, generation, attempt, 0, Duration.ZERO, "alice@example.org");
    }

    static ConnectorEvent reauthorized(String name, long generation, long attempt) {
        return new ConnectorReauthorized(
                USER, name, "sandbox", GRANT, generation, attempt, 0, Duration.ZERO, "alice@example.org");
    }

    static ConnectorEvent polled(String name, long generation, long attempt) {
        return new ConnectorPolled(USER, name, "sandbox", GRANT, generation, attempt, 0, INTERVAL, 3);
    }

    static ConnectorEvent pollFailed(String name, long generation, long attempt, FailureClass type, String code) {
        return new ConnectorPollFailed(
                USER, name, "sandbox", GRANT, generation, attempt, 1, INTERVAL, type, code, "rule", "1", 0, null, null);
    }

    static ConnectorEvent refreshFailed(String name, long generation, long attempt, FailureClass type, String code) {
        return new OAuthRefreshFailed(
                USER,
                name,
                "sandbox",
                GRANT,
                generation,
                attempt,
                1,
                INTERVAL,
                type,
                code,
                type.permanent(),
                "rule",
                "1",
                400,
                code,
                null,
                null,
                null,
                null);
    }

    static ConnectorEvent revoked(long generation) {
        return new GrantRevoked(USER, "sandbox", GRANT, generation, "token_revoked");
    }

    static ConnectorEvent disabled(String name, long generation, long attempt, @Nullable UUID command) {
        return new ConnectorDisabled(USER, name, "sandbox", GRANT, generation, attempt, 0, INTERVAL, command);
    }

    static ConnectorEvent enabled(String name, long generation, long attempt, @Nullable UUID command) {
        return new ConnectorEnabled(USER, name, "sandbox", GRANT, generation, attempt, 0, INTERVAL, command);
    }

    static ConnectorEvent removed(String name, long generation, long attempt, @Nullable UUID command) {
        return new ConnectorRemoved(USER, name, "sandbox", GRANT, generation, attempt, 0, INTERVAL, command);
    }
}
