package dev.lifeline.projector.domain;

import static dev.lifeline.projector.domain.History.GRACE;
import static dev.lifeline.projector.domain.History.INTERVAL;
import static dev.lifeline.projector.domain.History.connected;
import static dev.lifeline.projector.domain.History.disabled;
import static dev.lifeline.projector.domain.History.enabled;
import static dev.lifeline.projector.domain.History.pollFailed;
import static dev.lifeline.projector.domain.History.polled;
import static dev.lifeline.projector.domain.History.reauthorized;
import static dev.lifeline.projector.domain.History.refreshFailed;
import static dev.lifeline.projector.domain.History.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.FailureClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every cell of the table, in a copy written down apart from the code, reached by whole histories. */
class ConditionTableTest {

    // "-" as in the table: condition, class and code are kept, the other columns are the event's
    private static final String SPECIFICATION = """
            event          ok             stale          stale_retrying retrying       needs_reauth  needs_admin    operator_fault disabled      disabled_dead
            polled         ok             ok             ok             ok             -             ok             ok             -             -
            poll_transient retrying       retrying       retrying       retrying       -             -              -              -             -
            transient      retrying       retrying       retrying       retrying       -             -              -              -             -
            poll_reauth    needs_reauth   needs_reauth   needs_reauth   needs_reauth   -             needs_reauth   needs_reauth   dead          -
            reauth         needs_reauth   needs_reauth   needs_reauth   needs_reauth   -             needs_reauth   needs_reauth   dead          -
            revoked        needs_reauth   needs_reauth   needs_reauth   needs_reauth   -             needs_reauth   needs_reauth   dead          -
            poll_admin     needs_admin    needs_admin    needs_admin    needs_admin    -             -              needs_admin    -             -
            admin          needs_admin    needs_admin    needs_admin    needs_admin    -             -              needs_admin    -             -
            poll_config    operator_fault operator_fault operator_fault operator_fault -             operator_fault -              -             -
            config         operator_fault operator_fault operator_fault operator_fault -             operator_fault -              -             -
            connected      ok             ok             ok             ok             ok            ok             ok             disabled      disabled
            reauthorized   ok             ok             ok             ok             ok            ok             ok             disabled      disabled
            same_consent   -              ok             retrying       -              -             -              -              -             -
            disabled       disabled       disabled       disabled       disabled       dead          disabled       disabled       -             -
            enabled        -              ok             retrying       -              -             -              -              ok            needs_reauth
            """;

    private static final Map<String, FailureClass> CLASSES = Map.of(
            "transient", FailureClass.TRANSIENT,
            "reauth", FailureClass.REAUTH,
            "admin", FailureClass.ADMIN,
            "config", FailureClass.CONFIG);

    @TestFactory
    Stream<DynamicTest> every_cell() {
        List<DynamicTest> tests = new ArrayList<>();
        List<String[]> lines =
                SPECIFICATION.lines().map(line -> line.split("\\s+")).toList();
        for (String[] line : lines.subList(1, lines.size())) {
            for (int column = 1; column < line.length; column++) {
                String before = lines.getFirst()[column];
                String event = line[0];
                String expected = line[column];
                tests.add(DynamicTest.dynamicTest(
                        event + " in " + before + " gives " + expected, () -> verify(before, event, expected)));
            }
        }
        return tests.stream();
    }

    private static void verify(String condition, String eventName, String expected) {
        History history = arrangedAs(condition);
        ConnectorHealth before = history.connector("gmail");
        ConnectorEvent event = event(eventName);
        history.fact(event);
        ConnectorHealth after = history.connector("gmail");
        verifyVerdict(before.verdict(), after.verdict(), eventName, expected);
        if (eventName.equals("revoked") && expected.equals("-")) {
            assertThat(after).as("it says nothing else").isEqualTo(before);
        } else {
            verifyOtherColumns(before, after, eventName, history);
        }
    }

    private static void verifyVerdict(Verdict before, Verdict after, String event, String expected) {
        switch (expected) {
            case "-" -> assertThat(after).isEqualTo(before);
            case "dead" -> {
                assertThat(after.condition()).isEqualTo(Condition.DISABLED);
                assertThat(after.failureClass()).isEqualTo(FailureClass.REAUTH);
                assertThat(after.errorCode()).isEqualTo(code(event, before));
            }
            default -> {
                assertThat(after.condition()).isEqualTo(Condition.ofWireName(expected));
                switch (after.condition()) {
                    case OK, DISABLED -> {
                        assertThat(after.failureClass()).isNull();
                        assertThat(after.errorCode()).isNull();
                    }
                    case RETRYING, NEEDS_REAUTH, NEEDS_ADMIN, OPERATOR_FAULT ->
                        assertThat(after.errorCode()).isEqualTo(code(event, before));
                    case STALE -> throw new AssertionError("an event never makes stale");
                }
            }
        }
    }

    private static String code(String event, Verdict before) {
        return switch (event) {
            case "revoked" -> "token_revoked";
            case "enabled", "disabled", "same_consent" -> String.valueOf(before.errorCode());
            default -> event;
        };
    }

    private static void verifyOtherColumns(
            ConnectorHealth before, ConnectorHealth after, String event, History history) {
        assertThat(after.version()).isGreaterThan(before.version());
        assertThat(after.attempt()).isEqualTo(event.equals("revoked") ? before.attempt() : 100);
        assertThat(after.source()).isEqualTo(history.last().changes().getLast().cause());
        boolean failed = event.equals("revoked") || CLASSES.containsKey(event.replace("poll_", ""));
        var time = history.now().minusSeconds(1);
        assertThat(after.lastFailureAt()).isEqualTo(failed ? time : before.lastFailureAt());
        assertThat(after.lastSuccessAt()).isEqualTo(event.equals("polled") ? time : before.lastSuccessAt());
        switch (after.condition()) {
            case NEEDS_REAUTH, DISABLED -> assertThat(after.dueBy()).isNull();
            case OK, RETRYING, NEEDS_ADMIN, OPERATOR_FAULT -> {
                boolean consent =
                        event.endsWith("connected") || event.endsWith("reauthorized") || event.equals("same_consent");
                Duration wait = consent ? Duration.ZERO : INTERVAL;
                assertThat(after.dueBy()).isEqualTo(time.plus(wait).plus(GRACE));
            }
            case STALE -> throw new AssertionError("an event never makes stale");
        }
    }

    private static History arrangedAs(String condition) {
        History history = new History().fact(connected("gmail", 1, 1)).fact(polled("gmail", 1, 2));
        return switch (condition) {
            case "ok" -> history;
            case "stale" -> history.after(Duration.ofHours(1)).tick();
            case "stale_retrying" ->
                history.fact(refreshFailed("gmail", 1, 3, FailureClass.TRANSIENT, "http_503"))
                        .after(Duration.ofHours(1))
                        .tick();
            case "retrying" -> history.fact(refreshFailed("gmail", 1, 3, FailureClass.TRANSIENT, "http_503"));
            case "needs_reauth" -> history.fact(refreshFailed("gmail", 1, 3, FailureClass.REAUTH, "invalid_grant"));
            case "needs_admin" -> history.fact(refreshFailed("gmail", 1, 3, FailureClass.ADMIN, "admin_policy"));
            case "operator_fault" -> history.fact(refreshFailed("gmail", 1, 3, FailureClass.CONFIG, "invalid_client"));
            case "disabled" -> history.fact(disabled("gmail", 1, 3, null));
            case "disabled_dead" -> history.fact(disabled("gmail", 1, 3, null)).fact(revoked(1));
            default -> throw new AssertionError(condition.toUpperCase(Locale.ROOT));
        };
    }

    private static ConnectorEvent event(String name) {
        return switch (name) {
            case "polled" -> polled("gmail", 1, 100);
            case "revoked" -> revoked(1);
            case "connected" -> connected("gmail", 2, 100);
            case "reauthorized" -> reauthorized("gmail", 2, 100);
            case "same_consent" -> reauthorized("gmail", 1, 100);
            case "disabled" -> disabled("gmail", 1, 100, null);
            case "enabled" -> enabled("gmail", 1, 100, null);
            default ->
                name.startsWith("poll_")
                        ? pollFailed("gmail", 1, 100, failureClass(name.replace("poll_", "")), name)
                        : refreshFailed("gmail", 1, 100, failureClass(name), name);
        };
    }

    private static FailureClass failureClass(String name) {
        FailureClass found = CLASSES.get(name);
        if (found == null) {
            throw new AssertionError(name);
        }
        return found;
    }
}
