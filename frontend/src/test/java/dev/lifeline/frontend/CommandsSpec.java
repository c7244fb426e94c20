package dev.lifeline.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the user asks for, and how the page tells what becomes of it. */
class CommandsSpec extends OnTheDashboard {

    CommandsSpec(Browser browser) {
        super(browser);
    }

    @Test
    void disabling_is_one_click() {
        open("/");
        button("Disable Gmail").click();
        assertThat(button("Disable Gmail")).isEnabled();
        assertThat(lifeline.asked)
                .containsExactly("POST /api/users/" + CannedLifeline.USER + "/connectors/gmail/disable");
    }

    @Test
    void a_double_click_does_not_take_back_what_it_asked_for() {
        gmailDies();
        open("/");
        // Its history comes a moment later, and takes room.
        assertThat(page.locator("connector-card").first()).containsText("interruption");
        BoundingBox disable = button("Disable Gmail").boundingBox();
        timeStandsStill();
        lifeline.connector("gmail", "disabled", null, Instant.now());
        clickAt(disable);
        assertThat(button("Enable Gmail")).isEnabled();
        clickAt(disable);
        button("Disable Google Calendar").press("Enter");
        assertThat(button("Disable Google Calendar")).isEnabled();
        assertThat(lifeline.asked)
                .extracting(path -> path.replaceAll(".*/connectors/", ""))
                .containsExactly("gmail/disable", "google-calendar/disable");
    }

    @Test
    void removing_asks_first_and_escape_is_no() {
        open("/");
        button("Remove Gmail").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Remove Gmail?");
        assertThat(page.getByRole(AriaRole.DIALOG))
                .containsText("keeps its access to alice@example.org, which Google Calendar needs.");
        assertThat(button("Cancel")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(button("Remove Gmail")).isFocused();
        assertThat(lifeline.asked).isEmpty();

        button("Remove Gmail").click();
        lifeline.connectors.remove("gmail");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, exactly("Remove"))
                .click();
        assertThat(page.getByRole(AriaRole.LINK, named("Connect Gmail"))).hasAttribute("href", "/connect/gmail");
        assertThat(headline()).isFocused();
    }

    @Test
    void what_takes_long_is_pending_until_it_is_done() {
        lifeline.changes = CannedLifeline.Changes.PENDING;
        open("/");
        button("Disable Gmail").click();
        assertThat(card("Gmail")).containsText("It is on its way");
        assertThat(button("Disable Gmail")).isDisabled();
        lifeline.connector("gmail", "disabled", null, Instant.now());
        lifeline.commandState = "done";
        assertThat(button("Enable Gmail")).isEnabled();
        assertThat(card("Gmail")).not().containsText("It is on its way");
    }

    @Test
    void a_refusal_is_said_plainly() {
        lifeline.changes = CannedLifeline.Changes.REFUSED;
        open("/");
        button("Disable Gmail").click();
        assertThat(card("Gmail").getByRole(AriaRole.ALERT)).hasText("Gmail was removed in another window.");
        lifeline.changes = CannedLifeline.Changes.PENDING;
        lifeline.commandState = "rejected";
        button("Disable Gmail").click();
        assertThat(card("Gmail").getByRole(AriaRole.ALERT)).hasText("It was removed meanwhile.");
    }
}
