package dev.lifeline.frontend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The look, in both themes and at widths from the narrowest telephone to the widest screen: all text stands out from its
 * ground by 4.5 to 1 (WCAG 2.2, 1.4.3), nothing is cut off or has to be scrolled sideways, and axe finds nothing that keeps anybody
 * from using it. The pictures are in {@code target/screenshots}, for people to look at.
 */
class LookSpec extends OnTheDashboard {

    private static final Path PICTURES = Path.of("target", "screenshots");

    LookSpec(Browser browser) {
        super(browser);
        page.addInitScript(axe());
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 320", "DARK, 320", "LIGHT, 768", "DARK, 1280", "LIGHT, 1280", "LIGHT, 2560"})
    void everything_can_be_read(ColorScheme theme, int width) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme).setReducedMotion(ReducedMotion.REDUCE));
        page.setViewportSize(width, 900);
        Instant lastRead = Instant.now().minus(Duration.ofMinutes(14));
        lifeline.happened(Instant.now().minus(Duration.ofDays(3)), "condition_changed", "gmail", "ok", "retrying");
        lifeline.happened(Instant.now().minus(Duration.ofDays(2)), "condition_changed", "gmail", "retrying", "ok");

        look("fine", "/", theme, width);
        lifeline.lag = Duration.ofSeconds(30);
        look("unknown", "/?notice=other_account&expected=alice@example.org&got=bob@example.org", theme, width);
        lifeline.lag = Duration.ZERO;
        lifeline.connector("gmail", "operator_fault", "invalid_client", lastRead);
        lifeline.connector("google-calendar", "disabled", null, lastRead);
        lifeline.banner("operator_fault", "grey", "Gmail can not be read.", "We are fixing a problem.", lastRead, null);
        look("operator-fault", "/?connected=gmail", theme, width);
        lifeline.connectors.remove("google-calendar");
        gmailDies();
        lifeline.autonomy.paused("on holiday");
        lifeline.autonomy.operatorPauses("domain", "email", "We are looking into a fault.");
        lifeline.autonomy.waits("1", "Archive three newsletters", "paused_by_user", "low", "single");
        lifeline.autonomy.waits("2", "Delete all mail of 2019", "extreme_action", "critical", "dual");
        look("needs-reauth", "/", theme, width);
        look("approvals", "/#/approvals", theme, width);
        button("Approve: Delete all mail").click();
        page.getByText("This is dangerous.").waitFor();
        picture("confirmation", theme, width);
        lifeline.autonomy.policies.add(Samples.policy("Careful with mail"));
        look("settings", "/#/settings", theme, width);
        button("Edit Careful with mail").click();
        page.getByText("It would have applied to 12 of the last 87 actions").waitFor();
        picture("rules", theme, width);
        lifeline.roles = List.of("operator");
        look("operator", "/#/operator", theme, width);
        page.getByLabel("User's id").fill(CannedLifeline.USER);
        button("Show").click();
        page.getByText("On the screen:").waitFor();
        picture("history", theme, width);
        button("Pause…").click();
        picture("question", theme, width);
        look("timeline", "/#/timeline", theme, width);
        lifeline.signedIn = false;
        look("signed-out", "/", theme, width);
    }

    private void look(String name, String path, ColorScheme theme, int width) {
        page.navigate("about:blank");
        open(path);
        headline().waitFor();
        page.waitForFunction("() => !document.querySelector('.skeleton')");
        page.waitForFunction(
                "() => document.querySelector('main > *')?.textContent.length > 200 || location.hash === ''");
        picture(name, theme, width);
    }

    private void picture(String name, ColorScheme theme, int width) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(PICTURES.resolve(name + "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + width + ".png")));
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels to scroll sideways on %s", name)
                .isEqualTo(0);
        assertThat((List<?>) page.evaluate("async () => (await import('/src/test/js/clipped.js')).clipped()"))
                .as("what is cut off or out of line on %s", name)
                .isEmpty();
        assertThat((List<?>) page.evaluate("async () => (await import('/src/test/js/contrast.js')).faint()"))
                .as("texts too faint on %s", name)
                .isEmpty();
        assertThat((List<?>) page.evaluate("async () => (await import('/src/test/js/accessible.js')).barriers()"))
                .as("barriers on %s", name)
                .isEmpty();
    }

    /** The checker itself, which its library has as one file. */
    private static String axe() {
        try (InputStream script = Objects.requireNonNull(LookSpec.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
