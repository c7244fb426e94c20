package dev.lifeline.standalone.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.options.AriaRole;
import dev.lifeline.standalone.e2e.Agent.Proposal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever uses no mouse mends a connection, and stops the assistant, like anybody else. */
@ExtendWith(Lifelines.class)
class KeyboardSpec {

    @Test
    void signing_in_reconnecting_pausing_approving_and_resuming_take_no_mouse(Running lifeline) {
        Api api = Api.of(lifeline.up(), "alice");
        api.trust("moderate_autonomy");
        lifeline.up().control("/control/users/alice/revoke", "");
        try (Person alice = lifeline.visitor()) {
            Keyboard keys = alice.page().keyboard();
            signsIn(alice, keys);
            reconnects(alice, keys);
            pauses(alice, keys);
            Proposal proposal = new Agent(api).proposes("Archive a newsletter");
            assertThat(proposal.reason()).isEqualTo("paused_by_user");
            approves(alice, keys);
            assertThat(proposal.state()).isEqualTo("approved");
            resumes(alice, keys);
        } finally {
            api.forgetAll();
        }
    }

    private static void signsIn(Person alice, Keyboard keys) {
        alice.open("/");
        alice.tabsTo(alice.link("Sign in"));
        keys.press("Enter");
        alice.tabsTo(alice.page().getByLabel("Name or address"));
        keys.type("alice");
        alice.tabsTo(alice.page().getByLabel("Password"));
        keys.type("lifeline");
        keys.press("Enter");
    }

    private static void reconnects(Person alice, Keyboard keys) {
        alice.tabsTo(alice.link("Reconnect"));
        keys.press("Enter");
        alice.tabsTo(alice.button("Allow"));
        keys.press("Space");
        alice.sees("Both connections are fine");
    }

    /** Escape is a no, and leaves one where one was. */
    private static void pauses(Person alice, Keyboard keys) {
        alice.tabsTo(alice.link("Settings"));
        keys.press("Enter");
        assertThat(alice.headline()).isFocused();
        alice.tabsTo(alice.button("Pause…"));
        keys.press("Space");
        assertThat(alice.button("Cancel")).isFocused();
        keys.press("Escape");
        assertThat(alice.button("Pause…")).isFocused();
        keys.press("Enter");
        alice.tabsTo(alice.page().getByLabel("Reason"));
        keys.type("on holiday");
        alice.tabsTo(alice.answer("Pause"));
        keys.press("Enter");
        assertThat(alice.banner()).containsText("“on holiday”");
        assertThat(alice.button("Resume…")).isFocused();
    }

    private static void approves(Person alice, Keyboard keys) {
        alice.tabsTo(alice.link("Approvals, 1 waiting"));
        keys.press("Enter");
        assertThat(alice.headline()).isFocused();
        alice.tabsTo(alice.button("Approve: Archive a newsletter"));
        keys.press("Enter");
        assertThat(alice.page().getByText("Approved: Archive a newsletter")).isVisible();
        assertThat(alice.headline()).isFocused();
    }

    private static void resumes(Person alice, Keyboard keys) {
        alice.tabsTo(alice.banner().getByRole(AriaRole.BUTTON));
        keys.press("Space");
        alice.tabsTo(alice.answer("Resume"));
        keys.press("Enter");
        alice.seesNoBanner();
        assertThat(alice.headline()).isFocused();
    }
}
