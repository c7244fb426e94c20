package dev.lifeline.standalone.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people at one Lifeline: each has what is hers, and the other might as well not exist. */
@ExtendWith(Lifelines.class)
class TwoUsersSpec {

    private static final String ALICE = "11111111-1111-4111-8111-111111111111";

    @Test
    void bob_connects_his_own_and_changes_it_and_alice_sees_nothing_of_it(Running lifeline) {
        try (Person alice = lifeline.signedIn("alice");
                Person bob = lifeline.signedIn("bob")) {
            alice.sees("Both connections are fine");
            bob.sees("Nothing is connected yet");
            nothingOfAlice(bob);

            withoutTicking(bob);
            bob.link("Reconnect").first().click();
            bob.consent(null);
            bob.sees("Gmail is connected");
            bob.sees("Gmail", "bob@example.org");
            nothingOfAlice(bob);

            switchesItOffAndOn(bob);
            removes(bob);
            alice.sees("Both connections are fine");
            assertThat(alice.page().getByText("bob@example.org")).hasCount(0);
        }
    }

    /** A permission that was not ticked is said of the connector that lacks it. */
    private static void withoutTicking(Person bob) {
        bob.connect("Gmail");
        bob.consent("mail");
        assertThat(bob.page()
                        .getByRole(AriaRole.STATUS)
                        .filter(new Locator.FilterOptions().setHasText("Gmail is not connected.")))
                .containsText("You left out the permission to read it.", Person.patiently());
        bob.sees("Gmail", "Needs reconnecting");
        bob.sees("Gmail", "Access to it was left out");
    }

    private static void switchesItOffAndOn(Person bob) {
        bob.button("Disable Gmail").click();
        bob.sees("Gmail", "Disabled");
        bob.button("Enable Gmail").click();
        bob.sees("Gmail is connected");
    }

    private static void removes(Person bob) {
        bob.button("Remove Gmail").click();
        assertThat(bob.page().getByRole(AriaRole.DIALOG)).containsText("Remove Gmail?");
        bob.button("Remove").click();
        bob.sees("Nothing is connected yet");
        assertThat(bob.link("Connect Gmail")).isVisible();
    }

    private static void nothingOfAlice(Person bob) {
        for (String path : new String[] {
            "/api/connectors/" + ALICE + "/status",
            "/api/users/" + ALICE + "/banners",
            "/api/users/" + ALICE + "/banners/stream",
            "/api/users/" + ALICE + "/timeline"
        }) {
            assertThat(bob.statusOf(path)).as(path).isEqualTo(404);
            assertThat(bob.bodyOf(path)).doesNotContain("alice@example.org");
        }
        assertThat(bob.page().getByText("alice")).hasCount(0);
    }
}
