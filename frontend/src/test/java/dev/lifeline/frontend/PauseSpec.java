package dev.lifeline.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The brake: pulled and released by the user, and pulled by the operator. */
class PauseSpec extends OnTheDashboard {

    PauseSpec(Browser browser) {
        super(browser);
    }

    @Test
    void pausing_asks_first_and_is_seen_in_every_tab() {
        Page other = page.context().newPage();
        other.navigate(lifeline.url("/"));
        assertThat(other.locator("live-indicator")).hasText("Live");
        open("/#/settings");
        button("Pause…").click();
        assertThat(dialog()).containsText("Pause auto-execution?");
        assertThat(button("Cancel")).isFocused();
        page.keyboard().press("Escape");
        assertThat(lifeline.asked).isEmpty();

        button("Pause…").click();
        page.getByLabel("Reason (optional)").fill("on holiday");
        dialog().getByRole(AriaRole.BUTTON, exactly("Pause")).click();
        assertThat(page.locator(".banner.red"))
                .containsText(": “on holiday”. Actions wait in Approvals until you resume.");
        assertThat(other.locator(".banner.red")).containsText("Auto-execution is paused.");
        assertThat(other.locator("autonomy-card")).containsText("Paused by you since");
        assertThat(button("Resume…")).isFocused();
        assertThat(lifeline.autonomy.bodies).containsExactly(Map.of("paused", true, "reason", "on holiday"));
        other.close();
    }

    /** The browser tells of a dialog's end a moment later: of the one before, when the next is open already. */
    @Test
    void a_question_that_is_asked_right_after_a_no_has_its_own_answer() {
        open("/#/settings");
        assertThat(page.evaluate("""
                async () => {
                  const asks = document.querySelector('ask-dialog');
                  const press = (answer) => asks.querySelector(`[value=${answer}]`).click();
                  const first = asks.askWhy({ title: 'Pause?', text: '', yes: 'Pause' });
                  press('no');
                  const second = asks.askWhy({ title: 'Pause?', text: '', yes: 'Pause' });
                  await new Promise((later) => setTimeout(later, 50));
                  press('yes');
                  const third = asks.askWhy({ title: 'Pause?', text: '', yes: 'Pause' });
                  press('no');
                  return [await first, await second, await third];
                }""")).isEqualTo(Arrays.asList(null, "", null));
    }

    @Test
    void resuming_asks_first_and_names_the_pause_that_was_seen() {
        lifeline.autonomy.paused(null);
        open("/");
        button("Resume").click();
        assertThat(dialog()).containsText("Resume auto-execution?");
        dialog().getByRole(AriaRole.BUTTON, exactly("Resume")).click();
        assertThat(page.locator(".banner")).hasCount(0);
        assertThat(headline()).isFocused();
        assertThat(lifeline.autonomy.bodies).containsExactly(Map.of("paused", false, "version", 1));
    }

    @Test
    void a_pause_is_seen_wherever_the_page_is_scrolled_to() {
        page.setViewportSize(600, 500);
        open("/#/settings");
        Locator last = button("Add rules");
        last.scrollIntoViewIfNeeded();
        assertThat(headline()).not().isInViewport();
        lifeline.autonomy.paused("on holiday");
        lifeline.push();
        assertThat(page.locator(".banner.red")).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        page.evaluate("() => document.querySelector('h1').scrollIntoView()");
        assertThat(headline()).isInViewport();
        assertThat(page.evaluate("() => document.querySelector('h1').getBoundingClientRect().top"
                        + " >= document.querySelector('banner-list').getBoundingClientRect().bottom"))
                .isEqualTo(true);
    }

    @Test
    void a_long_reason_leaves_room_for_the_page_and_can_be_read_with_the_keyboard() {
        lifeline.autonomy.operatorPauses("everything", null, "We look into it. ".repeat(29));
        page.setViewportSize(320, 568);
        open("/#/settings");
        Locator banner = page.locator(".banner");
        button("Add rules").scrollIntoViewIfNeeded();
        assertThat(banner).isInViewport();
        assertThat(banner.boundingBox().height).isBetween(100.0, 256.0);
        banner.focus();
        page.keyboard().press("End");
        page.waitForFunction("() => { const banner = document.querySelector('.banner');"
                + "return banner.scrollTop + banner.clientHeight >= banner.scrollHeight - 1; }");
    }

    @Test
    void where_there_is_hardly_any_height_a_banner_scrolls_away_with_the_page() {
        lifeline.autonomy.paused("on holiday");
        page.setViewportSize(320, 256);
        open("/#/settings");
        Locator banner = page.locator(".banner");
        assertThat(banner).isInViewport();
        button("Add rules").scrollIntoViewIfNeeded();
        assertThat(banner).not().isInViewport();
        button("Add rules").focus();
        page.keyboard().press("Shift+Tab");
        assertThat(page.evaluate("() => { const { top, bottom } = document.activeElement.getBoundingClientRect();"
                        + "return top >= 0 && bottom <= innerHeight; }"))
                .isEqualTo(true);
    }

    @Test
    void the_operators_line_stands_first_and_is_not_the_users_to_lift() {
        lifeline.autonomy.paused("on holiday");
        gmailDies();
        lifeline.autonomy.operatorPauses("everything", null, "We are looking into a fault.");
        open("/");
        Locator banners = page.locator(".banner");
        assertThat(banners).hasCount(3);
        assertThat(banners.nth(0)).containsText("We are looking into a fault.");
        assertThat(banners.nth(0).locator(".button")).hasCount(0);
        assertThat(banners.nth(1).locator(".button")).hasText("Resume");
        assertThat(banners.nth(2)).hasClass("banner amber");
        assertThat(page.locator("autonomy-card")).containsText("Paused by the operator.");
    }

    @Test
    void a_refusal_is_said() {
        lifeline.autonomy.malformed = "reason has 501 characters; at most 500 are taken";
        open("/#/settings");
        button("Pause…").click();
        dialog().getByRole(AriaRole.BUTTON, exactly("Pause")).click();
        assertThat(page.locator("pause-card").getByRole(AriaRole.ALERT)).containsText("501 characters");
        assertThat(page.locator("notice-bar")).containsText("Auto-execution is not paused.");
        open("/#/timeline");
        open("/#/settings");
        assertThat(button("Pause…")).isVisible();
        assertThat(page.locator("pause-card").getByRole(AriaRole.ALERT)).isHidden();
    }

    @Test
    void a_pause_without_an_answer_may_have_been_made() {
        open("/#/settings");
        button("Pause…").click();
        lifeline.away = true;
        dialog().getByRole(AriaRole.BUTTON, exactly("Pause")).click();
        assertThat(page.locator("notice-bar")).containsText("It is not known yet whether auto-execution is paused.");
    }

    @Test
    void a_pause_that_is_not_known_yet_where_it_can_be_asked_about_is_not_told_as_refused() {
        lifeline.changes = CannedLifeline.Changes.PENDING;
        lifeline.commandState = "unknown";
        open("/#/settings");
        button("Pause…").click();
        page.waitForResponse("**/commands/1", this::confirm);
        page.waitForResponse("**/commands/1", () -> {});
        assertThat(page.locator("pause-card")).containsText("It is on its way");
        lifeline.commandState = "done";
        assertThat(button("Resume…")).isEnabled();
        assertThat(page.locator("notice-bar")).isEmpty();
    }

    @Test
    void a_pause_of_which_nothing_is_known_for_long_is_told_as_that() {
        lifeline.changes = CannedLifeline.Changes.PENDING;
        lifeline.commandState = "unknown";
        page.clock().install();
        open("/#/settings");
        button("Pause…").click();
        page.waitForResponse("**/commands/1", this::confirm);
        page.clock().fastForward(60_000);
        assertThat(page.locator("notice-bar")).containsText("It is not known yet whether auto-execution is paused.");
    }

    @Test
    void the_operator_pauses_a_part_and_resumes_it() {
        lifeline.roles = List.of("operator");
        open("/#/operator");
        page.getByLabel("Pause", new Page.GetByLabelOptions().setExact(true)).selectOption("domain");
        button("Pause…").click();
        assertThat(page.getByText("Name what is to be paused.")).isVisible();
        assertThat(page.getByLabel("Name")).isFocused();
        page.getByLabel("Name").fill("email");
        button("Pause…").click();
        dialog().getByRole(AriaRole.BUTTON, exactly("Pause")).click();
        button("Resume Domain email").click();
        dialog().getByRole(AriaRole.BUTTON, exactly("Resume")).click();
        assertThat(page.getByText("The operator pauses nothing.")).isVisible();
        assertThat(headline()).isFocused();
        assertThat(page.getByLabel("Error codes")).containsText("invalid_client");
        assertThat(page.getByLabel("Error codes")).containsText("Give poller-service a valid one.");
        assertThat(lifeline.autonomy.bodies)
                .containsExactly(
                        Map.of("paused", true, "scope", Map.of("kind", "domain", "value", "email")),
                        Map.of("paused", false, "scope", Map.of("kind", "domain", "value", "email"), "version", 7));
    }

    @Test
    void the_operator_is_not_told_that_nothing_is_paused_when_that_is_not_known() {
        lifeline.roles = List.of("operator");
        lifeline.lag = Duration.ofSeconds(20);
        open("/#/operator");
        assertThat(page.getByText("What is paused is not known; nothing was at "))
                .isVisible();
        assertThat(page.locator("operator-page .headline")).containsText("last known at ");
        assertThat(page.getByText("The operator pauses nothing.")).isHidden();
        lifeline.autonomy.operatorPauses("domain", "email", "We are looking into a fault.");
        assertThat(page.getByText("What is paused is not known; this is how it stood at "))
                .isVisible();
        lifeline.autonomy.operatorPauses.clear();
        lifeline.lag = Duration.ZERO;
        assertThat(page.getByText("The operator pauses nothing.")).isVisible();
        assertThat(page.getByText("What is paused is not known")).hasCount(0);
    }

    @Test
    void pausing_everybody_is_asked_in_words_for_everybody() {
        lifeline.roles = List.of("operator");
        open("/#/operator");
        button("Pause…").click();
        assertThat(dialog()).containsText("Pause everybody?");
        assertThat(dialog()).containsText("Nothing is done by itself any more,");
    }

    @Test
    void the_operators_brake_does_not_depend_on_how_all_are() {
        lifeline.roles = List.of("operator");
        lifeline.autonomy.fleetAway = true;
        open("/#/operator");
        assertThat(page.getByText("The database does not answer.")).isVisible();
        assertThat(page.getByText("What is paused is not known.")).isVisible();
        button("Pause…").click();
        confirm();
        assertThat(page.locator(".banner.red")).containsText("paused by the operator");
        assertThat(lifeline.asked).containsExactly("PUT /api/ops/autonomy-pause");
    }

    @Test
    void a_users_history_is_told_back_to_its_beginning_and_a_batch_is_counted_as_far_as_it_is_known() {
        lifeline.roles = List.of("operator");
        Instant at = Instant.now();
        for (int i = 0; i < 150; i++) {
            lifeline.happened(at, "action_completed", null, null, null);
        }
        open("/#/operator");
        showHistoryOf(CannedLifeline.USER);
        Locator history = page.locator("user-history");
        assertThat(history).containsText("User " + CannedLifeline.USER);
        assertThat(history).containsText("50 or more actions were done");
        button("Show older").click();
        assertThat(history).containsText("150 actions were done");
        assertThat(button("Show older")).isHidden();
    }

    @Test
    void the_history_of_one_user_does_not_replace_that_of_another_who_was_asked_about_later() {
        lifeline.roles = List.of("operator");
        String slow = "**/api/ops/users/" + CannedLifeline.USER + "/timeline**";
        List<Route> held = new ArrayList<>();
        page.route(slow, held::add);
        open("/#/operator");
        page.waitForRequest(slow, () -> showHistoryOf(CannedLifeline.USER));
        showHistoryOf(CannedAutonomy.NOBODY);
        Locator history = page.locator("user-history");
        assertThat(history).containsText("User " + CannedAutonomy.NOBODY);
        assertThat(history).containsText("Nothing is known of a user");
        page.waitForResponse(slow, () -> held.getFirst().resume());
        page.evaluate("() => fetch('/icon.svg').then((answer) => answer.text())");
        assertThat(history).containsText("User " + CannedAutonomy.NOBODY);
    }

    @Test
    void of_a_user_whom_there_never_was_no_history_is_told() {
        lifeline.roles = List.of("operator");
        lifeline.happened(Instant.now(), "operator_paused", null, null, null);
        open("/#/operator");
        for (String id : List.of(CannedLifeline.USER, CannedAutonomy.NOBODY)) {
            showHistoryOf(id);
            assertThat(page.locator("past-card"))
                    .containsText(id.equals(CannedLifeline.USER) ? "On the screen:" : "Nothing is known of a user");
            assertThat(page.locator("user-history timeline-list"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setVisible(id.equals(CannedLifeline.USER)));
        }
    }

    @Test
    void the_operators_page_is_for_operators() {
        open("/#/operator");
        assertThat(headline()).hasText("There is no such page");
        assertThat(page.getByRole(AriaRole.LINK, named("Operator"))).hasCount(0);
        lifeline.roles = List.of("operator");
        page.reload();
        assertThat(page.getByRole(AriaRole.ROW, named("Needs reconnecting"))).containsText("12");
        assertThat(page.getByRole(AriaRole.ROW, named("invalid_grant"))).containsText("google");
        assertThat(page.getByText("2 overdue")).isVisible();
    }

    @Test
    void the_operator_resolves_what_could_not_be_read() {
        lifeline.roles = List.of("operator");
        lifeline.autonomy.unreadable.add(Samples.unreadable());
        open("/#/operator");
        assertThat(page.getByRole(AriaRole.LISTITEM).filter(having("lifeline.autonomy.commands 2 17")))
                .containsText("What anybody of partition 2 wants done needs approval (not JSON");
        button("Resolve…").click();
        assertThat(dialog()).containsText("Has it been looked into?");
        assertThat(lifeline.asked).isEmpty();
        dialog().getByRole(AriaRole.BUTTON, exactly("Resolve")).click();
        assertThat(page.getByText("lifeline.autonomy.commands 2 17")).isHidden();
        assertThat(headline()).isFocused();
        assertThat(lifeline.asked).containsExactly("POST /api/ops/unreadable/resolve");
        assertThat(lifeline.autonomy.bodies)
                .containsExactly(
                        Map.of("source", Map.of("topic", "lifeline.autonomy.commands", "partition", 2, "offset", 17)));
    }

    @Test
    void an_auditor_sees_what_could_not_be_read_and_resolves_nothing() {
        lifeline.roles = List.of("auditor");
        lifeline.autonomy.unreadable.add(Samples.unreadable());
        open("/");
        assertThat(page.getByText("lifeline.autonomy.commands 2 17")).isVisible();
        assertThat(button("Resolve…")).hasCount(0);
    }

    private void showHistoryOf(String user) {
        page.getByLabel("User's id").fill(user);
        page.locator("user-history form").getByRole(AriaRole.BUTTON).click();
    }

    private void confirm() {
        dialog().getByRole(AriaRole.BUTTON, exactly("Pause")).click();
    }

    private Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }
}
