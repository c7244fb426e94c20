package dev.lifeline.standalone.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job: a connection that dies is seen within seconds and mended with one click. */
@ExtendWith(Lifelines.class)
class NewcomerSpec {

    @Test
    void a_dead_grant_is_seen_without_a_hand_and_mended_with_one_click(Running lifeline) {
        try (Person alice = lifeline.signedIn("alice")) {
            alice.sees("Both connections are fine");
            alice.seesNoBanner();
            readTimesMove(alice);
            photograph(alice, "story-fine");

            alice.revokeInAnotherTab();
            assertThat(alice.banner()).containsText("Gmail and Google Calendar are disconnected.", Person.patiently());
            assertThat(alice.banner()).hasCount(1);
            assertThat(alice.banner()).hasClass("banner amber");
            assertThat(alice.banner()).containsText("Access was revoked or has expired.");
            assertThat(alice.banner()).containsText("Nothing has been read since ");
            assertThat(alice.banner().locator("button")).hasCount(0);
            alice.sees("Two connections need you");
            alice.sees("Gmail", "Needs reconnecting");
            alice.sees("Google Calendar", "Needs reconnecting");
            photograph(alice, "story-disconnected");

            alice.link("Reconnect").click();
            alice.consent(null);
            alice.seesNoBanner();
            alice.sees("Both connections are fine");
            assertThat(alice.page()).hasURL(lifeline.up().url() + "/");
            historyIsUnbroken(alice);
        }
    }

    @Test
    void a_refused_consent_changes_nothing_and_says_so(Running lifeline) {
        try (Person bob = lifeline.signedIn("bob")) {
            bob.connect("Gmail");
            bob.deny();
            assertThat(bob.page().locator("notice-bar")).containsText("Nothing was changed.");
            bob.sees("Nothing is connected yet");
        }
    }

    private static void readTimesMove(Person alice) {
        Locator read = alice.card("Gmail").locator("relative-time");
        String before = read.getAttribute("at");
        assertThat(read).not().hasAttribute("at", before);
    }

    private static void historyIsUnbroken(Person alice) {
        assertThat(alice.page().locator("connector-card .card.ok")).hasCount(2);
        alice.link("Timeline").click();
        Locator told = alice.page().locator("main li");
        assertThat(told.filter(having("reconnected")).first()).isVisible();
        assertThat(told.filter(having("disconnected: access was revoked")).first())
                .isVisible();
        assertThat(told.last()).containsText("connected");
        photograph(alice, "story-timeline");
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    /** In both themes, and narrow: pictures for people to look at. */
    private static void photograph(Person alice, String name) {
        Page page = alice.page();
        alice.photograph(name + "-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        alice.photograph(name + "-dark");
        page.setViewportSize(360, 860);
        alice.photograph(name + "-dark-narrow");
        page.setViewportSize(1280, 860);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }
}
