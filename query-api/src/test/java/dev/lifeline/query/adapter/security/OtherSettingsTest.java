package dev.lifeline.query.adapter.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.query.Browser;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import dev.lifeline.query.TestIssuer.People;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance that people reach by https, and whose issuer is away. */
class OtherSettingsTest {

    private static final Surroundings HERE = RunningQuery.shared();
    private static final RunningQuery OTHER = HERE.another(Map.of(
            "lifeline.public-url", "https://lifeline.example", "lifeline.query.sign-in.issuer", "http://127.0.0.1:1"));

    @AfterAll
    static void stop() {
        OTHER.close();
    }

    @Test
    void browsers_are_told_to_stay_with_https() {
        assertThat(new Browser(OTHER).get("/").headers().firstValue("Strict-Transport-Security"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("max-age="));
    }

    @Test
    void that_the_issuer_is_away_is_said_on_the_first_page() {
        assertThat(Browser.location(new Browser(OTHER).get("/login?return=%2F&moved=1")))
                .hasToString("/?notice=sign_in_unavailable");
    }

    @Test
    void sign_in_begins_at_the_address_where_it_will_end() {
        HttpResponse<String> answer = new Browser(OTHER).get("/login?return=%2Fconnect%2Fgmail%3Fa%3Db");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer))
                .hasToString("https://lifeline.example/login?return=%2Fconnect%2Fgmail%3Fa%3Db&moved=1");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?return=https://evil.example/", "?return=//evil.example", "?x=y"})
    void and_goes_on_to_nowhere_but_our_own_pages(String query) {
        assertThat(Browser.location(new Browser(OTHER).get("/login" + query)))
                .hasToString("https://lifeline.example/login?return=%2F&moved=1");
    }

    @Test
    void a_token_that_can_not_be_checked_is_no_fault_of_its_bearer() {
        OTHER.http(HERE.issuer().token(People.ALICE))
                .get()
                .uri("/api/me")
                .exchange()
                .expectStatus()
                .isEqualTo(503);
    }
}
