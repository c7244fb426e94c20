package dev.lifeline.standalone.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page that is open while Lifeline goes and comes back: it says what it does not know, and needs no hand. */
@ExtendWith(Lifelines.class)
class RestartSpec {

    private static final String LEVER = "SKYTWIN_AUTO_EXECUTE_DISABLED";

    private final Running lifeline;

    RestartSpec(Running lifeline) {
        this.lifeline = lifeline;
    }

    /** The provider keeps nobody signed in over a restart, so those that come after sign in anew. */
    @AfterEach
    void it_is_up() {
        lifeline.cookies().clear();
        lifeline.up().with(LEVER, "false");
        if (!lifeline.up().isRunning()) {
            lifeline.up().start();
        }
    }

    /** Both in one story, as a restart takes its time; between the two the operator has pulled the lever at the start. */
    @Test
    void stopped_and_started_again_then_killed_and_started_again_all_is_as_it_was() {
        try (Person alice = atHerDashboard()) {
            String history = alice.bodyOf(timeline());
            lifeline.up().stop();
            assertThat(alice.page().locator("live-indicator"))
                    .containsText("Not live, trying every", Person.patiently());
            alice.sees("We do not know how your connections are");
            assertThat(alice.page().locator(".card.ok")).hasCount(0);
            alice.photograph("story-unknown");

            lifeline.up().with(LEVER, "true").start();
            comesBack(alice, history);
            assertThat(alice.banner().first())
                    .containsText("Auto-execution is paused by the operator.", Person.patiently());
            assertThat(alice.banner()).hasCount(1);
            assertThat(alice.banner()).hasClass("banner red");
            assertThat(alice.banner().locator(".button")).hasCount(0);

            lifeline.up().with(LEVER, "false").kill();
            lifeline.up().start();
            comesBack(alice, history);
            alice.seesNoBanner();
        }
    }

    private Person atHerDashboard() {
        Person alice = lifeline.signedIn("alice");
        alice.sees("Both connections are fine");
        return alice;
    }

    /** Still signed in, live, with the same connectors, and with all of the history that there was. */
    private static void comesBack(Person alice, String history) {
        assertThat(alice.page().locator("live-indicator")).containsText("Live", Person.patiently());
        alice.sees("Both connections are fine");
        assertThat(items(alice.bodyOf(timeline()))).endsWith(items(history));
    }

    private static String timeline() {
        return "/api/users/11111111-1111-4111-8111-111111111111/timeline?limit=200";
    }

    /** The items alone, newest first, as they are written. */
    private static String items(String body) {
        return body.substring(body.indexOf("\"items\":[") + "\"items\":[".length(), body.lastIndexOf(']'));
    }
}
