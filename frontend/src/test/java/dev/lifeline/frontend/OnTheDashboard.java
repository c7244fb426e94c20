package dev.lifeline.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.lifeline.testing.Chromium;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where specs of the dashboard begin: alice has two connectors, both are fine, and no page is open yet. */
@ExtendWith(Chromium.class)
abstract class OnTheDashboard {

    /** For what takes the page a few seconds to find out. */
    static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    final CannedLifeline lifeline = new CannedLifeline();
    final Page page;

    private final List<String> errors = new ArrayList<>();
    private final BrowserContext context;

    OnTheDashboard(Browser browser) {
        context = browser.newContext(new Browser.NewContextOptions().setLocale("en-GB"));
        page = context.newPage();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                errors.add(message.text());
            }
        });
    }

    @BeforeEach
    void two_connectors_are_fine() {
        Instant connected = Instant.now().minus(Duration.ofDays(9));
        for (String connector : List.of("gmail", "google-calendar")) {
            lifeline.connector(connector, "ok", null, Instant.now());
            lifeline.happened(connected, "connected", connector, null, "ok");
        }
    }

    @AfterEach
    void nothing_broke_in_the_page() {
        context.close();
        lifeline.close();
        assertThat(errors).isEmpty();
    }

    void open(String path) {
        page.navigate(lifeline.url(path));
    }

    void gmailDies() {
        Instant lastRead = Instant.now().minusSeconds(20);
        lifeline.connector("gmail", "needs_reauth", "invalid_grant", lastRead);
        lifeline.happened(lastRead.plusSeconds(5), "condition_changed", "gmail", "ok", "needs_reauth");
        lifeline.banner(
                "needs_reauth",
                "amber",
                "Gmail is disconnected.",
                "Access was revoked or has expired.",
                lastRead,
                "/connect/gmail");
        lifeline.push();
    }

    /** A click of the mouse where something is, or was. */
    void clickAt(BoundingBox box) {
        page.mouse().click(box.x + box.width / 2, box.y + box.height / 2);
    }

    /** From now on no time passes for the page but what is let pass. */
    void timeStandsStill() {
        page.clock().install();
        page.clock().pauseAt(System.currentTimeMillis() + 1000);
    }

    Locator headline() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    Locator liveness() {
        return page.locator("live-indicator");
    }

    Locator card(String label) {
        return page.getByRole(AriaRole.ARTICLE, named(label).setExact(true));
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    static Locator.GetByRoleOptions exactly(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
