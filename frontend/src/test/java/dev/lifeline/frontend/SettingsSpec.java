package dev.lifeline.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.AriaRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the user lets his assistant do. */
class SettingsSpec extends OnTheDashboard {

    SettingsSpec(Browser browser) {
        super(browser);
    }

    @BeforeEach
    void in_the_settings() {
        open("/#/settings");
        assertThat(page.getByLabel("Time zone")).hasValue("Europe/Berlin");
    }

    @Test
    void demoting_asks_first_and_is_another_lever_than_the_pause() {
        button("Demote to observer…").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("This is not the pause");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, exactly("Demote"))
                .click();
        assertThat(page.getByText("It is now at Observer.")).isVisible();
        assertThat(button("Demote to observer…")).isDisabled();
        assertThat(button("Pause…")).isEnabled();
        assertThat(lifeline.autonomy.settings)
                .containsEntry("trustTier", "observer")
                .containsEntry("timeZone", "Europe/Berlin");
    }

    @Test
    void a_level_of_trust_is_set_whatever_else_was_changed_meanwhile() {
        lifeline.autonomy.settingsChanged = true;
        page.getByLabel("Most in one day").fill("40");
        button("Save").click();
        assertThat(page.locator("settings-form").getByRole(AriaRole.ALERT).last())
                .containsText("The settings were changed meanwhile");
        button("Demote to observer…").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, exactly("Demote"))
                .click();
        assertThat(page.getByText("It is now at Observer.")).isVisible();
        page.getByLabel("Low autonomy").check();
        button("Change level").click();
        assertThat(page.getByText("It is now at Low autonomy.")).isVisible();
        assertThat(lifeline.autonomy.bodies)
                .containsSubsequence(Map.of("trustTier", "observer"), Map.of("trustTier", "low_autonomy"));
    }

    @Test
    void limits_domains_and_quiet_hours_are_saved_as_they_are_written() {
        assertThat(page.getByLabel("Most for one action")).hasValue("12.50");
        page.getByLabel("Most in one day").fill("99,5");
        page.getByLabel("Blocked domains").fill("bank, bank , tax");
        page.getByLabel("In quiet hours everything waits for me").uncheck();
        button("Save").click();
        assertThat(button("Save")).isDisabled();
        assertThat(button("Undo changes")).isHidden();
        assertThat(lifeline.autonomy.settings)
                .containsEntry("maxSpendPerActionCents", 1250)
                .containsEntry("maxDailySpendCents", 9950)
                .containsEntry("blockedDomains", List.of("bank", "tax"))
                .containsEntry("quietHours", null);
    }

    @Test
    void domains_that_would_deny_what_waits_are_asked_about_first() {
        lifeline.autonomy.waits("1", "Archive three newsletters", "trust_tier", "low", "single");
        assertThat(page.getByRole(AriaRole.LINK, named("Approvals, 1 waiting"))).isVisible();
        page.getByLabel("Allowed domains").fill("emial; calendar");
        button("Save").click();
        assertThat(page.getByRole(AriaRole.DIALOG))
                .containsText("1 waiting action would be denied, and can not be brought back:"
                        + " “Archive three newsletters”.");
        button("Cancel").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        assertThat(lifeline.asked).isEmpty();

        button("Save").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, exactly("Save"))
                .click();
        assertThat(page.getByText("Saved.")).isVisible();
        assertThat(lifeline.autonomy.settings).containsEntry("allowedDomains", List.of("emial", "calendar"));
    }

    @Test
    void what_can_hardly_be_meant_is_said_at_its_field_and_saved_nevertheless() {
        page.getByLabel("Most in one day").fill("10");
        assertThat(page.getByText("This is more than the most in one day")).isVisible();
        page.getByLabel("Blocked domains").fill("email");
        assertThat(page.getByText("You allow email as well.")).isVisible();
        button("Save").click();
        assertThat(page.getByText("Saved.")).isVisible();
        page.getByLabel("Blocked domains").fill("");
        assertThat(page.getByText("You allow email as well.")).isHidden();
    }

    @Test
    void what_is_wrong_is_said_at_its_field() {
        page.getByLabel("Most in one day").fill("much");
        button("Save").click();
        assertThat(page.getByLabel("Most in one day")).hasAttribute("aria-invalid", "true");
        assertThat(page.getByLabel("Most in one day")).isFocused();
        assertThat(lifeline.asked).isEmpty();

        lifeline.autonomy.malformed = "timeZone 'Mars' does not exist; give an IANA name, such as Europe/Berlin";
        page.getByLabel("Most in one day").fill("");
        page.getByLabel("Time zone").fill("Mars");
        button("Save").click();
        assertThat(page.getByLabel("Time zone")).isFocused();
        assertThat(page.locator("form-field:has([name=timeZone]) .refused")).containsText("'Mars' does not exist");
        assertThat(page.getByLabel("Time zone")).hasValue("Mars");
    }

    @Test
    void a_change_elsewhere_is_shown_but_never_replaces_what_is_being_written() {
        lifeline.autonomy.settings = with("timeZone", "Asia/Tokyo");
        assertThat(page.getByLabel("Time zone")).hasValue("Asia/Tokyo");
        page.getByLabel("Time zone").fill("Asia/Seoul");
        lifeline.autonomy.settings = with("timeZone", "UTC");
        assertThat(page.getByText("They were changed elsewhere meanwhile.")).isVisible();
        assertThat(page.getByLabel("Time zone")).hasValue("Asia/Seoul");
        button("Undo changes").click();
        assertThat(page.getByLabel("Time zone")).hasValue("UTC");
    }

    @Test
    void saving_a_limit_does_not_undo_a_demotion_or_another_limit_of_another_window() {
        page.getByLabel("Most in one day").fill("40");
        lifeline.autonomy.settings = with("trustTier", "observer");
        lifeline.autonomy.settings = with("maxSpendPerActionCents", 100);
        button("Save").click();
        assertThat(button("Save")).isDisabled();
        assertThat(page.getByText("Saved.")).isVisible();
        assertThat(page.getByLabel("Most for one action")).hasValue("1.00");
        assertThat(lifeline.autonomy.settings)
                .containsEntry("trustTier", "observer")
                .containsEntry("maxSpendPerActionCents", 100)
                .containsEntry("maxDailySpendCents", 4000);
    }

    @Test
    void a_rule_is_tried_on_what_was_before_it_is_saved() {
        button("Add rules").click();
        page.getByLabel("Name").fill("Careful with mail");
        page.getByLabel("Value").fill("email");
        assertThat(page.locator("rule-row"))
                .containsText("It would have applied to 12 of the last 87 actions: 9 more strictly judged.");
        page.getByText("Which ones").click();
        assertThat(page.getByText("Archive a newsletter: was done by itself, would have been asked about"))
                .isVisible();
        button("Save rules").click();
        assertThat(page.getByRole(AriaRole.ARTICLE)).containsText("If domain is email, ask me");
        assertThat(lifeline.autonomy.policies.getFirst())
                .containsEntry("rules", List.of(Samples.rule("domain", "eq", "email", "require_approval", "")));
    }

    @Test
    void a_rule_about_the_risk_altogether_says_that_cards_show_the_worst() {
        button("Add rules").click();
        page.getByLabel("If").selectOption("riskTier");
        assertThat(page.locator("rule-row")).containsText("Cards show the worst of all respects");
        page.getByLabel("If").selectOption("financial_impact");
        assertThat(page.locator("rule-row")).not().containsText("Cards show");
    }

    @Test
    void rules_that_another_window_has_written_meanwhile_are_not_undone() {
        lifeline.autonomy.policies.add(Samples.policy("Careful"));
        button("Edit Careful").click();
        page.getByLabel("Name").fill("Mine");
        Map<String, @Nullable Object> other = Samples.policy("Of another window");
        other.put("version", 2);
        lifeline.autonomy.policies.set(0, other);
        button("Save rules").click();
        assertThat(page.locator("policy-editor").getByRole(AriaRole.ALERT).last())
                .containsText("These rules were changed or removed meanwhile.");
        assertThat(lifeline.autonomy.policies.getFirst()).containsEntry("name", "Of another window");

        button("Cancel").click();
        button("Edit Of another window").click();
        page.getByLabel("Name").fill("Mine");
        button("Save rules").click();
        assertThat(button("Edit Mine")).isVisible();
    }

    @Test
    void what_is_being_written_is_not_lost_to_another_editor() {
        lifeline.autonomy.policies.add(Samples.policy("Careful"));
        Map<String, @Nullable Object> other = Samples.policy("Careless");
        other.put("policyId", "2");
        lifeline.autonomy.policies.add(other);
        button("Edit Careful").click();
        assertThat(button("Edit Careless")).isDisabled();
        button("Cancel").click();
        button("Edit Careless").click();
        assertThat(page.getByLabel("Name")).hasValue("Careless");
    }

    @Test
    void a_rule_that_is_refused_says_where() {
        button("Add rules").click();
        button("Add a rule").click();
        lifeline.autonomy.malformed = "rules[1].value is empty; it must be a text";
        button("Save rules").click();
        assertThat(page.locator("rule-row").nth(1).getByLabel("Value")).isFocused();
        assertThat(page.locator("rule-row").nth(1)).containsText("Value is empty");
    }

    private Map<String, @Nullable Object> with(String name, Object value) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>(lifeline.autonomy.settings);
        settings.put(name, value);
        return settings;
    }
}
