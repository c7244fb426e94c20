package dev.lifeline.standalone.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The reverse of the main job: what is not the user's fault never asks anything of the user, and passes by itself. */
@ExtendWith(Lifelines.class)
class ProviderTroubleSpec {

    private static final String RETRYING = "Retrying, the provider is not answering";
    private static final String OUR_FAULT = "We are fixing a problem on our side";

    /** Notices in the open page, from now on, whether anybody is asked to reconnect, be it for a moment. */
    private static final String WATCH = "() => { window.asked = 0; new MutationObserver(() => {"
            + "if (document.querySelector('.banner.amber, a[href^=\"/connect/\"]')) window.asked++; })"
            + ".observe(document.body, {subtree: true, childList: true, attributes: true}); }";

    private final Running lifeline;

    ProviderTroubleSpec(Running lifeline) {
        this.lifeline = lifeline;
    }

    @AfterEach
    void the_provider_works_again() {
        lifeline.provider("ok");
    }

    /** The outage ends in a refusal of our own client, so that the time until it is said passes once. */
    @Test
    void an_outage_and_a_refusal_of_our_own_client_are_said_when_they_last_and_pass() {
        try (Person alice = watching()) {
            lasts(alice, "outage", RETRYING, "not answering");
            lasts(alice, "invalid_client", OUR_FAULT, OUR_FAULT);
            lifeline.provider("ok");
            alice.sees("Both connections are fine");
            alice.seesNoBanner();
            nobodyWasAsked(alice);
        }
    }

    @Test
    void garbage_and_too_many_requests_are_retried() {
        try (Person alice = watching()) {
            passes(alice, "garbage", RETRYING, "answers with errors");
            passes(alice, "rate_limited", RETRYING, "asks us to slow down");
            nobodyWasAsked(alice);
        }
    }

    private void passes(Person alice, String mode, String onTheCard, String what) {
        lifeline.provider(mode);
        alice.sees("Gmail", onTheCard);
        alice.sees("Google Calendar", onTheCard);
        alice.sees("Gmail", what);
        lifeline.provider("ok");
        alice.sees("Both connections are fine");
    }

    private void lasts(Person alice, String mode, String onTheCard, String onTheBanner) {
        lifeline.provider(mode);
        alice.sees("Gmail", onTheCard);
        alice.sees("Google Calendar", onTheCard);
        assertThat(alice.banner().first()).containsText(onTheBanner, Person.patiently());
        assertThat(alice.banner().first()).hasClass("banner grey");
        alice.photograph("story-" + mode);
    }

    private Person watching() {
        Person alice = lifeline.signedIn("alice");
        alice.sees("Both connections are fine");
        alice.page().evaluate(WATCH);
        return alice;
    }

    private static void nobodyWasAsked(Person alice) {
        assertThat(alice.page().evaluate("() => window.asked")).isEqualTo(0);
    }
}
