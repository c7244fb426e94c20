package dev.lifeline.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an open page says when it is cut off, and how it comes back. */
class BrokenSpec extends OnTheDashboard {

    BrokenSpec(Browser browser) {
        super(browser);
    }

    @Test
    void without_the_stream_it_asks_and_says_so() {
        lifeline.streaming = false;
        open("/");
        assertThat(liveness()).hasText("Not live, checking every second");
        gmailDies();
        assertThat(headline()).hasText("One connection needs you");
        lifeline.streaming = true;
        assertThat(liveness()).hasText("Live");
    }

    @Test
    void without_any_answer_nothing_stays_green_and_it_recovers_by_itself() {
        open("/");
        assertThat(headline()).hasText("Both connections are fine");
        assertThat(liveness()).hasText("Live");
        lifeline.away = true;
        lifeline.hangUp();
        assertThat(liveness()).hasText("Not live, trying every second");
        assertThat(headline()).containsText("We do not know how your connections are", PATIENTLY);
        assertThat(page.locator(".card.ok")).hasCount(0);
        assertThat(card("Gmail")).containsText("Unknown since ");
        assertThat(page.locator(".banner.grey")).containsText("Unknown since ");

        lifeline.away = false;
        assertThat(headline()).hasText("Both connections are fine");
        assertThat(liveness()).hasText("Live");
        assertThat(page.locator(".banner")).hasCount(0);
    }

    @Test
    void old_knowledge_is_unknown_however_live_the_page_is() {
        lifeline.lag = Duration.ofSeconds(11);
        open("/");
        assertThat(headline()).hasText("We do not know how your connections are");
        assertThat(liveness()).hasText("Live");
        assertThat(page.locator(".card.ok")).hasCount(0);
    }

    @Test
    void a_servers_clock_that_is_set_back_makes_nothing_known_for_longer() {
        open("/");
        assertThat(headline()).hasText("Both connections are fine");
        lifeline.behind = Duration.ofHours(1);
        lifeline.lag = Duration.ofSeconds(60);
        lifeline.push();
        assertThat(headline()).containsText("We do not know how your connections are", PATIENTLY);
        lifeline.lag = Duration.ZERO;
        assertThat(headline()).containsText("Both connections are fine", PATIENTLY);
    }

    @Test
    void what_is_not_connected_is_unknown_too_while_nothing_is_known() {
        lifeline.connectors.remove("gmail");
        open("/");
        assertThat(card("Gmail")).containsText("Not connected");
        lifeline.lag = Duration.ofSeconds(30);
        lifeline.push();
        assertThat(card("Gmail")).containsText("Unknown since ", PATIENTLY);
        assertThat(card("Gmail")).not().containsText("Not connected");
    }

    @Test
    void without_the_timeline_all_else_is_told_and_the_timeline_says_why() {
        lifeline.timelineAway = true;
        open("/");
        assertThat(headline()).hasText("Both connections are fine");
        assertThat(liveness()).hasText("Live");
        assertThat(page.locator("main").getByRole(AriaRole.ALERT).filter(having("The database does not answer.")))
                .isVisible();
        gmailDies();
        assertThat(headline()).hasText("One connection needs you");
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, exactly("Timeline"))
                .click();
        assertThat(page.locator("main")).containsText("The database does not answer.");
        lifeline.timelineAway = false;
        assertThat(page.locator("main")).containsText("Gmail disconnected");
        assertThat(page.locator("main")).not().containsText("The database does not answer.");
    }

    @Test
    void a_banner_does_not_wait_for_the_timeline() {
        lifeline.timelineTakes = Duration.ofSeconds(30);
        lifeline.autonomy.paused("on holiday");
        open("/");
        assertThat(page.locator(".banner.red")).containsText("Auto-execution is paused.");
        assertThat(headline()).hasText("Both connections are fine");
    }

    @Test
    void what_waits_and_takes_too_long_to_tell_keeps_nothing_else_from_being_told() {
        lifeline.autonomy.approvalsTake = Duration.ofSeconds(9);
        lifeline.autonomy.waits("1", "Answer Bob", "trust_tier", "low", "single");
        lifeline.autonomy.paused("on holiday");
        open("/");
        assertThat(headline()).hasText("Both connections are fine");
        assertThat(page.locator(".banner.red")).containsText("Auto-execution is paused.");
        assertThat(page.locator("autonomy-card")).containsText("What waits is not known.");

        open("/#/approvals");
        assertThat(page.getByRole(AriaRole.ALERT).filter(having("Lifeline can not be reached")))
                .containsText("at the moment", PATIENTLY);
        assertThat(page.locator("main")).containsText("What waits is not known.");
        assertThat(liveness()).hasText("Live");
        lifeline.autonomy.approvalsTake = Duration.ZERO;
        assertThat(page.locator("main")).containsText("Answer Bob", PATIENTLY);
    }

    @Test
    void an_attempt_that_fails_late_takes_no_page_away() {
        List<Route> held = new ArrayList<>();
        List<Request> failed = new ArrayList<>();
        page.route("**/api/me", route -> {
            if (held.isEmpty()) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        page.waitForRequest("**/api/me", () -> open("/"));
        // As it is told of a window that somebody comes back to.
        page.evaluate("() => dispatchEvent(new Event('focus'))");
        assertThat(headline()).hasText("Both connections are fine");
        page.onRequestFailed(failed::add);
        held.getFirst().abort();
        page.waitForCondition(() -> !failed.isEmpty());
        page.evaluate("() => fetch('/icon.svg').then((answer) => answer.text())");
        assertThat(headline()).hasText("Both connections are fine");
    }

    @Test
    void a_session_that_ends_is_said_and_one_that_comes_back_goes_on() {
        open("/");
        assertThat(headline()).hasText("Both connections are fine");
        lifeline.signedIn = false;
        lifeline.hangUp();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("You have been signed out.");
        assertThat(page.getByText("alice@example.org")).hasCount(0);
        assertThat(page.getByRole(AriaRole.LINK, named("Sign in"))).hasAttribute("href", "/login");
        lifeline.signedIn = true;
        // As it is told of a window that somebody comes back to.
        page.evaluate("() => dispatchEvent(new Event('focus'))");
        assertThat(headline()).hasText("Both connections are fine");
    }
}
