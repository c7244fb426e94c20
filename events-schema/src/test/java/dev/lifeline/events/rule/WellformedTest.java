package dev.lifeline.events.rule;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.TrustTier;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WellformedTest {

    private static void assertRefused(ThrowingCallable demand, String message) {
        assertThatThrownBy(demand).isInstanceOf(MalformedException.class).hasMessageContaining(message);
    }

    private static AutonomySettings quiet(String start, String end, String zone) {
        return new AutonomySettings(
                TrustTier.SUGGEST,
                null,
                null,
                List.of(),
                List.of(),
                true,
                new AutonomySettings.QuietHours(start, end),
                zone);
    }

    @Test
    void what_is_usual_is_taken() {
        assertThatCode(() -> Wellformed.demand(Given.action())).doesNotThrowAnyException();
        assertThatCode(() -> Wellformed.demand(quiet("22:00", "07:00", "Europe/Berlin")))
                .doesNotThrowAnyException();
        assertThatCode(() -> Wellformed.demandReason("a".repeat(500))).doesNotThrowAnyException();
    }

    @Test
    void a_cost_is_not_negative() {
        assertRefused(() -> Wellformed.demand(Given.action("estimatedCostCents", -1)), "estimatedCostCents is -1");
    }

    @Test
    void a_description_says_something() {
        for (String nothing : List.of("", " ", "\n")) {
            assertRefused(
                    () -> Wellformed.demand(Given.action("description", nothing)),
                    "description is empty; say what would be done");
        }
    }

    @Test
    void parameters_are_not_nested_a_hundred_deep() {
        Map<String, Object> nested = new HashMap<>();
        for (int depth = 0; depth < 100; depth++) {
            nested = new HashMap<>(Map.of("a", nested));
        }
        Map<String, ?> deep = nested;
        assertRefused(
                () -> Wellformed.demand(Given.action("parameters", deep)), "parameters are nested deeper than 32");
    }

    @Test
    void parameters_are_not_a_megabyte_long() {
        assertRefused(
                () -> Wellformed.demand(Given.action("parameters", Map.of("a", "x".repeat(1 << 20)))),
                "parameters are larger than 64 KiB");
    }

    @Test
    void names_are_there_and_not_endless() {
        assertRefused(() -> Wellformed.demand(Given.action("actionType", " ")), "actionType is empty");
        assertRefused(
                () -> Wellformed.demand(Given.action("actionType", "x".repeat(101))), "actionType has 101 characters");
    }

    /** A stop of "email" stops whatever looks like it. */
    @ParameterizedTest
    @CsvSource({
        "'email ', has blanks around it",
        "'e  mail', has blanks around it",
        "'email\n', U+000A",
        "'em\u200Bail', U+200B",
        "'e\u00ADmail', U+00AD",
        "'e\u2028mail', U+2028",
        "'\uFF45mail', write it as email",
        "'e\u00A0mail', write it as e mail"
    })
    void names_that_look_alike_are_one(String name, String message) {
        for (String field : List.of("actionType", "domain", "connector")) {
            assertRefused(() -> Wellformed.demand(Given.action(field, name)), message);
        }
        PauseScope scope = new PauseScope(PauseScope.Kind.DOMAIN, name);
        assertRefused(() -> Wellformed.demand(scope), message);
        assertThatCode(() -> Wellformed.demandLiftable(scope)).doesNotThrowAnyException();
    }

    @Test
    void names_of_any_script_are_taken() {
        for (String name : List.of("email", "calendar.create event", "Büro", "почта", "邮件", "ایمیل")) {
            assertThatCode(() -> Wellformed.demand(Given.action("domain", name)))
                    .doesNotThrowAnyException();
        }
    }

    /** The hash is of the number that came, and the page would show its neighbour. */
    @Test
    void whole_numbers_are_such_as_every_reader_keeps() {
        for (Number number : List.of(9007199254740992L, -9007199254740993L, new BigInteger("1" + "0".repeat(30)))) {
            assertRefused(
                    () -> Wellformed.demand(Given.action("parameters", Map.of("to", number))), "give it as a text");
        }
        for (Number number : List.of(9007199254740991L, -9007199254740991L, 1e300, 0.1)) {
            assertThatCode(() -> Wellformed.demand(Given.action("parameters", Map.of("to", number))))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void an_executor_has_a_name_or_none() {
        assertRefused(() -> Wellformed.demandExecutor(" "), "executorId is empty");
        assertThatCode(() -> Wellformed.demandExecutor(null)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            22:00 | 22:00 | UTC          | both 22:00
            22    | 07:00 | UTC          | quietHours.start is no time
            22:00 | 24:00 | UTC          | quietHours.end is no time
            22:00 | 07:00 | Middle/Earth | timeZone 'Middle/Earth' does not exist
            """)
    void quiet_hours_can_be_meant(String start, String end, String zone, String message) {
        assertRefused(() -> Wellformed.demand(quiet(start, end, zone)), message);
    }

    /** It may have been written by whoever wrote a mail, and is read by the person who says yes. */
    @ParameterizedTest
    @CsvSource({"202E, U+202E", "2066, U+2066", "0007, U+0007", "D800, U+D800"})
    void what_misleads_a_reader_is_refused(String character, String named) {
        String text = "Archive " + (char) Integer.parseInt(character, 16) + "it";
        for (String field : List.of("description", "actionType", "domain")) {
            assertRefused(
                    () -> Wellformed.demand(Given.action(field, text)),
                    field + " has the character " + named + ", which");
        }
    }

    @Test
    void every_script_and_several_lines_are_taken() {
        for (String text : List.of("ארכיון", "أرشفة \u200F(3)", "归档 📨", "one\nand another\t3")) {
            assertThatCode(() -> Wellformed.demand(Given.action("description", text)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_reason_has_at_most_500_characters() {
        assertRefused(() -> Wellformed.demandReason("a".repeat(501)), "reason has 501 characters");
    }

    @Test
    void the_environment_is_no_commands_to_pause() {
        assertRefused(() -> Wellformed.demand(PauseScope.ENVIRONMENT), "by no command");
        assertRefused(() -> Wellformed.demand(new PauseScope(PauseScope.Kind.DOMAIN, null)), "scope.value is missing");
    }
}
