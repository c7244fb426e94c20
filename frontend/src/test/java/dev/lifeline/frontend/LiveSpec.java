package dev.lifeline.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an open page does by itself when something changes. */
class LiveSpec extends OnTheDashboard {

    LiveSpec(Browser browser) {
        super(browser);
    }

    @Test
    void a_banner_comes_by_itself_and_goes_by_itself() {
        open("/");
        assertThat(headline()).hasText("Both connections are fine");
        gmailDies();
        assertThat(page.getByRole(AriaRole.STATUS).filter(having("Gmail is disconnected.")))
                .containsText("Access was revoked or has expired. Nothing has been read since ");
        assertThat(headline()).hasText("One connection needs you");
        assertThat(card("Gmail")).containsText("Needs reconnecting");
        assertThat(card("Google Calendar")).containsText("Connected");
        assertThat(page.locator(".banner a")).hasAttribute("href", "/connect/gmail");
        assertThat(page.locator(".banner button")).hasCount(0);

        page.locator(".banner a").focus();
        lifeline.connector("gmail", "ok", null, Instant.now());
        lifeline.banners.clear();
        lifeline.push();
        assertThat(page.locator(".banner")).hasCount(0);
        assertThat(headline()).hasText("Both connections are fine");
        assertThat(headline()).isFocused();
    }

    @Test
    void a_session_that_is_somebody_elses_by_now_is_none() {
        open("/");
        assertThat(card("Gmail")).containsText("Connected");
        lifeline.user = "22222222-2222-4222-8222-222222222222";
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("You have been signed out.");
        assertThat(card("Gmail")).hasCount(0);
    }

    @Test
    void a_change_is_never_asked_for_in_somebody_elses_name() {
        lifeline.roles = List.of("operator");
        open("/#/operator");
        button("Pause…").click();
        lifeline.user = "22222222-2222-4222-8222-222222222222";
        lifeline.csrf = "another";
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, exactly("Pause"))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("You have been signed out.");
        assertThat(lifeline.asked).isEmpty();
    }

    /** The stream tells its banners at once; what the page asked first comes after, and is not out of date by that. */
    @Test
    void a_slow_first_answer_is_shown_and_never_taken_for_none() {
        lifeline.statusTakes = Duration.ofMillis(900);
        page.addInitScript(
                "window.said = []; new MutationObserver(() => window.said.push("
                        + "document.querySelector('h1')?.textContent)).observe(document, {subtree: true, childList: true, characterData: true})");
        open("/");
        assertThat(headline()).hasText("Both connections are fine");
        assertThat(page.evaluate("() => window.said.includes('Nothing is connected yet')"))
                .isEqualTo(false);
    }

    @Test
    void a_ticking_time_does_not_make_a_banner_speak_again() {
        gmailDies();
        open("/");
        Locator ticking = page.locator(".banner relative-time");
        assertThat(ticking).hasAttribute("aria-live", "off");
        String before = ticking.textContent();
        Object watch = page.evaluate("() => { const p = document.querySelector('.banner'); window.changes = 0;"
                + "new MutationObserver(all => window.changes += all.filter(m => !m.target.parentElement"
                + ".closest('relative-time') && m.target.localName !== 'relative-time').length)"
                + ".observe(p, {subtree: true, childList: true, characterData: true}); }");
        assertThat(watch).isNull();
        assertThat(ticking).not().hasText(before);
        assertThat(page.evaluate("() => window.changes")).isEqualTo(0);
    }

    @Test
    void a_tab_that_nobody_ever_looked_at_gives_its_connection_back() {
        page.addInitScript("Object.defineProperty(Document.prototype, 'hidden', {get: () => true});"
                + "const now = Date.now; window.later = 0; Date.now = () => now() + window.later");
        open("/");
        assertThat(liveness()).hasText("Live");
        page.evaluate("() => { window.later = 5 * 60_000; }");
        assertThat(liveness()).hasText("Not live, checking every second");
    }

    @Test
    void read_times_move() {
        lifeline.connector("gmail", "ok", null, Instant.now().minusSeconds(3));
        open("/");
        assertThat(card("Gmail")).containsText(Pattern.compile("Read \\d+ seconds ago"));
        Locator read = card("Gmail").locator(".read relative-time");
        String before = read.textContent();
        assertThat(read).not().hasText(before);
    }

    @Test
    void what_waited_when_that_was_last_known_is_not_said_to_wait() {
        lifeline.autonomy.waits("1", "Answer Bob", "trust_tier", "low", "single");
        lifeline.lag = Duration.ofSeconds(30);
        open("/");
        assertThat(page.locator("autonomy-card")).containsText("One action was waiting at ");
        assertThat(page.locator("autonomy-card")).containsText("; what waits now is not known.");
        assertThat(page.getByRole(AriaRole.LINK, named("Approvals, 1 when last heard")))
                .isVisible();
        lifeline.lag = Duration.ZERO;
        assertThat(page.locator("autonomy-card")).containsText("One action is waiting.");
        assertThat(page.getByRole(AriaRole.LINK, named("Approvals, 1 waiting"))).isVisible();
    }
}
