package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand.SetTrustTier;
import dev.lifeline.events.AutonomyCommand.UpdateAutonomySettings;
import dev.lifeline.events.AutonomySettings.QuietHours;
import dev.lifeline.events.TrustTier;
import dev.lifeline.query.Program.Reply;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest extends AutonomyScene {

    private static final String SETTINGS = "/api/users/" + ALICE.id() + "/autonomy-settings";
    private static final String TRUST = "/api/users/" + ALICE.id() + "/trust-tier";
    private static final String USUAL = """
            {"trustTier": "low_autonomy", "maxSpendPerActionCents": 500, "maxDailySpendCents": null,
             "allowedDomains": ["email"], "blockedDomains": [], "requireApprovalForIrreversible": true,
             "quietHours": {"start": "22:00", "end": "07:00"}, "timeZone": "Europe/Berlin"}
            """;

    @Test
    void of_who_has_set_nothing_let_the_assistant_propose() {
        Reply settings = alice.get(SETTINGS);

        assertThat(settings.status()).isEqualTo(200);
        assertThat(settings.at("/asOf")).endsWith("Z");
        assertThat(settings.at("/trustTier")).isEqualTo("suggest");
        assertThat(settings.at("/maxDailySpendCents")).isEqualTo("null");
        assertThat(settings.at("/quietHours")).isEqualTo("null");
        assertThat(settings.at("/timeZone")).isEqualTo("UTC");
        assertThat(settings.at("/version")).isEqualTo("0");
    }

    @Test
    void may_say_which_were_looked_at_so_that_others_are_not_overwritten() {
        CompletableFuture<UpdateAutonomySettings> given = commands.answer(
                UpdateAutonomySettings.class,
                each -> rows.answered(
                        each.userId(), each.commandId(), "settings_changed", "They were changed meanwhile."));

        Reply reply = alice.put(SETTINGS, USUAL.replaceFirst("\\{", "{\"version\": 7, "));

        assertThat(given.join().version()).isEqualTo(7);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.at("/code")).isEqualTo("settings_changed");
    }

    @Test
    void are_set_by_a_command() {
        CompletableFuture<UpdateAutonomySettings> given = commands.answer(UpdateAutonomySettings.class, this::done);

        assertThat(alice.put(SETTINGS, USUAL).status()).isEqualTo(200);

        assertThat(given.join().settings().trustTier()).isEqualTo(TrustTier.LOW_AUTONOMY);
        assertThat(given.join().settings().quietHours()).isEqualTo(new QuietHours("22:00", "07:00"));
    }

    @Test
    void have_a_level_of_trust_that_is_set_alone_whatever_else_was_changed_meanwhile() {
        CompletableFuture<SetTrustTier> given = commands.answer(SetTrustTier.class, this::done);

        Reply reply = alice.put(TRUST, "{\"trustTier\": \"observer\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/timeZone")).isEqualTo("UTC");
        assertThat(given.join())
                .isEqualTo(new SetTrustTier(
                        ALICE.id(), given.join().commandId(), ALICE.id(), ActorRole.USER, TrustTier.OBSERVER));
    }

    @Test
    void have_no_other_level_of_trust_than_there_are() {
        assertThat(alice.put(TRUST, "{\"trustTier\": \"boss\"}").refusal())
                .startsWith("400 trustTier: trustTier")
                .contains("it may be one of observer, suggest, low_autonomy, moderate_autonomy, high_autonomy");
        assertThat(alice.put(TRUST, "{}").refusal()).startsWith("400 trustTier: trustTier");
    }

    @Test
    void that_are_misspelt_do_not_count_as_unset() {
        assertThat(alice.put(SETTINGS, USUAL.replace("quietHours", "quiethours"))
                        .refusal())
                .startsWith("400 quiethours: quiethours is not known here; there are trustTier,")
                .contains("quietHours");
    }

    @Test
    void may_be_sent_back_as_they_were_got() {
        CompletableFuture<UpdateAutonomySettings> given = commands.answer(UpdateAutonomySettings.class, this::done);

        assertThat(alice.put(SETTINGS, alice.get(SETTINGS).body().toString()).status())
                .isEqualTo(200);

        assertThat(given.join().version()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "07:00"        | "22:00"  | quietHours.start    | quietHours.end are both 22:00; pause instead
            "22:00"        | "9 pm"   | quietHours.start    | is no time; write it like 22:00
            Europe/Berlin  | Mars     | timeZone            | does not exist; give an IANA name
            low_autonomy   | boss     | trustTier           | it may be one of observer, suggest, low_autonomy
            500            | -1       | maxSpendPerActionCents | is -1; it must be from 0
            500            | 5.5      | maxSpendPerActionCents | it must be a whole number
            ["email"]      | "email"  | allowedDomains      | is not of its type; it must be a list
            ["email"]      | [""]     | allowedDomains      | is empty; name it
            true           | 1        | requireApprovalForIrreversible | it must be true or false
            """)
    void that_can_not_be_meant_are_refused_with_the_field_and_the_remedy(
            String before, String after, String field, String remedy) {
        Reply reply = alice.put(SETTINGS, USUAL.replace(before, after));

        assertThat(reply.refusal()).startsWith("400 " + field + ": " + field).contains(remedy);
    }
}
