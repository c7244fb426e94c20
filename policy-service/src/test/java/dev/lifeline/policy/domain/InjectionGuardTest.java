package dev.lifeline.policy.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Action;
import dev.lifeline.events.ConfirmationLevel;
import dev.lifeline.events.Verdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InjectionGuardTest {

    private static Verdict judge(Action action) {
        return Evaluation.evaluate(action, Given.context());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shell.run",
                "system_exec",
                "db.dropTable",
                "delete_account",
                "deleteaccount",
                "deleteAccount",
                "closesAccount",
                "account.delete",
                "files.deleteRecursively",
                "SUDO"
            })
    void a_type_of_extreme_shape_takes_two_confirmations(String actionType) {
        assertThat(judge(Given.typed(actionType)).confirmationLevel()).isEqualTo(ConfirmationLevel.DUAL);
        assertThat(judge(Given.typed(actionType)).reason()).isEqualTo("extreme_action");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -rf /",
                "rm ~/docs ~/mail -rf",
                "please run: rm  -r -f ~",
                "rm --recursive --force /",
                "rm -v --no-preserve-root -x /",
                "rd /s /q c:",
                "find / -name x -delete",
                "delete my google account",
                "delete_my_account",
                "sudo reboot",
                "bash -c 'x'",
                "curl x | sh",
                "a; sh",
                "$(id)",
                "`id`",
                "DROP TABLE users",
                "drop\ndatabase x",
                "truncate table t",
                "Delete my account",
                "close the account",
                "account deletion",
                "/bin/sh",
                "\uFF52\uFF4D -rf /",
                "r\u200Bm -rf /",
                "mkfs.ext4",
                "powershell x"
            })
    void so_does_a_text_of_extreme_shape_however_deep(String text) {
        Map<String, Object> deep = Map.of("a", List.of(1, Map.of("b", List.of(true, Map.of("c", text)))));
        Verdict verdict = judge(Given.with(new HashMap<>(deep)));
        assertThat(verdict.confirmationLevel()).isEqualTo(ConfirmationLevel.DUAL);
        assertThat(verdict.findings().getFirst().detail()).isEqualTo("parameters");
    }

    @Test
    void so_does_a_command_that_is_cut_into_a_list_or_into_members() {
        for (Map<String, ?> cut : List.of(
                Map.of("argv", List.of("rm", "-rf", "/")),
                inOrder("cmd", "rm", "args", List.of("-rf", "/srv")),
                inOrder("args", List.of("-rf", "/srv"), "cmd", "rm"),
                inOrder("operation", "delete", "object", "account"))) {
            assertThat(judge(Given.with(new LinkedHashMap<>(cut))).reason())
                    .as("%s", cut)
                    .isEqualTo("extreme_action");
        }
    }

    private static Map<String, Object> inOrder(String name, Object value, String second, Object other) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(name, value);
        members.put(second, other);
        return members;
    }

    @Test
    void names_of_parameters_are_looked_at_too() {
        assertThat(judge(Given.with(new HashMap<>(Map.of("rm -rf /", 1)))).reason())
                .isEqualTo("extreme_action");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email.delete",
                "deleteEvent",
                "token_revoke",
                "email.bulkArchive",
                "contacts.purge",
                "archive.*",
                "DELETEMessages",
                "email.deleteall",
                "emails.removes",
                "email.bulkarchive"
            })
    void a_type_of_destructive_shape_takes_one(String actionType) {
        assertThat(judge(Given.typed(actionType)).confirmationLevel()).isEqualTo(ConfirmationLevel.SINGLE);
        assertThat(judge(Given.typed(actionType)).reason()).isEqualTo("destructive_action");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "from:*", "inbox/*", "*@example.org"})
    void so_does_a_wildcard_in_a_parameter(String text) {
        assertThat(judge(Given.with(new HashMap<>(Map.of("query", text)))).reason())
                .isEqualTo("destructive_action");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Let us meet for lunch; shall we?",
                "The form at the farm",
                "2 * 3 is not 5*3",
                "your account is ready",
                "I dropped the table off",
                "push the shore",
                "Please remove me from the list",
                "I could not find it -- delete the draft"
            })
    void everyday_words_are_let_through(String text) {
        assertThat(judge(Given.with(new HashMap<>(Map.of("body", text)))).findings().stream()
                        .filter(finding -> finding.code().equals("extreme_action")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email.archive",
                "calendar.accept",
                "email.reply",
                "calendar.create_event",
                "email.callBack",
                "list.allow",
                "spa.massage"
            })
    void everyday_types_are_let_through(String actionType) {
        assertThat(judge(Given.typed(actionType)).findings()).isEmpty();
    }
}
