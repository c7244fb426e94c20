package dev.lifeline.query.adapter.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.query.Browser;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.TestIssuer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Signing in at an issuer that answers, but whose keys can not be had for a while. */
class KeysAwayTest {

    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final RunningQuery HERE = RunningQuery.shared()
            .another(Map.of("lifeline.query.sign-in.issuer", ISSUER.uri().toString()));

    @AfterAll
    static void stop() {
        HERE.close();
        ISSUER.close();
    }

    @Test
    void is_no_fault_of_the_person_and_passes() {
        Browser browser = new Browser(HERE);
        ISSUER.keysAreAway(true);

        assertThat(Browser.location(browser.get(browser.callback(browser.get("/login")))))
                .hasToString("/?notice=sign_in_unavailable");

        ISSUER.keysAreAway(false);
        browser.signIn("/");
        assertThat(browser.me().get("name").asString()).isEqualTo("alice");
    }
}
