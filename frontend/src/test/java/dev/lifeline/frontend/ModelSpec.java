package dev.lifeline.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.lifeline.testing.Chromium;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The dashboard's words, times and strips, as their own specifications beside them have it, in the browser and in time
 * zones that do different things to their clocks: Havana's springs forward at midnight, Apia's is thirteen hours ahead.
 */
@ExtendWith(Chromium.class)
class ModelSpec {

    private static final List<String> ZONES =
            List.of("UTC", "America/New_York", "America/Havana", "Asia/Kathmandu", "Pacific/Apia");

    private static final String RUN =
            "async () => { for (const name of ['time', 'strip', 'words', 'autonomy', 'past', 'timeline']) "
                    + "await import(`/src/test/js/${name}.spec.js`); return (await import('/src/test/js/spec.js')).outcomes; }";

    @TestFactory
    Stream<DynamicTest> sentences(Browser browser) {
        return ZONES.stream().flatMap(zone -> outcomesIn(zone, browser).stream().map(outcome -> in(zone, outcome)));
    }

    private static List<Outcome> outcomesIn(String zone, Browser browser) {
        try (CannedLifeline lifeline = new CannedLifeline();
                BrowserContext context = browser.newContext(new Browser.NewContextOptions().setTimezoneId(zone))) {
            Page page = context.newPage();
            page.navigate(lifeline.url("/icon.svg"));
            return ((List<?>) page.evaluate(RUN)).stream().map(Outcome::of).toList();
        }
    }

    private static DynamicTest in(String zone, Outcome outcome) {
        return DynamicTest.dynamicTest(
                outcome.sentence() + " (" + zone + ")",
                () -> assertThat(outcome.failure()).isEqualTo("none"));
    }

    /** What became of a sentence; its failure is {@code none} where it holds. */
    private record Outcome(String sentence, String failure) {

        static Outcome of(@Nullable Object told) {
            Map<?, ?> outcome = (Map<?, ?>) Objects.requireNonNull(told);
            return new Outcome(
                    String.valueOf(outcome.get("sentence")),
                    Objects.requireNonNullElse(outcome.get("failure"), "none").toString());
        }
    }
}
