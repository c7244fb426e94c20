package dev.lifeline.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever comes as data is shown, and nothing else is done with it. */
class HostileSpec extends OnTheDashboard {

    HostileSpec(Browser browser) {
        super(browser);
    }

    private static final String MARKUP = "<img src=x onerror=\"document.title='owned'\"><script>1</script>";

    @Test
    void what_came_as_text_stays_text() {
        lifeline.name = MARKUP;
        lifeline.connector("gmail", MARKUP, MARKUP, Instant.now());
        lifeline.connector(MARKUP, "ok", null, Instant.now());
        lifeline.connectors.computeIfPresent("gmail", (name, row) -> {
            row.put("account", MARKUP);
            return row;
        });
        lifeline.banner(MARKUP, "amber", MARKUP, MARKUP, Instant.now(), "javascript:alert(1)");
        lifeline.happened(Instant.now(), MARKUP, MARKUP, MARKUP, MARKUP);
        open("/?notice=other_account&expected=%3Cimg%20src=x%3E&got=%3Cscript%3E");
        assertThat(page.locator(".banner")).containsText(MARKUP);
        assertThat(page.locator("notice-bar")).containsText("that was another account. Reconnect with the account");
        assertThat(page.locator("img, main script, .banner a")).hasCount(0);
    }

    @Test
    void a_banner_leads_nowhere_else() {
        for (String href : List.of("//evil.example", "/\\evil.example", "https://evil.example")) {
            lifeline.banner(href, "amber", "Gmail is disconnected.", "", Instant.now(), href);
        }
        open("/");
        assertThat(page.locator(".banner")).hasCount(3);
        assertThat(page.locator(".banner a")).hasCount(0);
    }
}
