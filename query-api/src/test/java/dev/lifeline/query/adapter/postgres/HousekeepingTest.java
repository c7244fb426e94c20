package dev.lifeline.query.adapter.postgres;

import static org.awaitility.Awaitility.await;

import dev.lifeline.query.Browser;
import dev.lifeline.query.EventStream;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import dev.lifeline.query.TestIssuer.People;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

    private final Surroundings here = RunningQuery.shared();

    @Test
    void ends_the_open_streams_of_sessions_that_have_expired() {
        here.issuer().nextIs(People.ALICE);
        Browser browser = new Browser(here.service());
        browser.signIn("/");
        String session = "lifeline_session="
                + browser.cookie("lifeline_session").orElseThrow().getValue();
        try (EventStream stream = EventStream.open(
                here.second().uri().resolve("/api/users/" + People.ALICE.id() + "/banners/stream"),
                "Cookie",
                session)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> !stream.events().isEmpty());
            // Whether its session lives is asked once, a second after it was opened.
            await().during(Duration.ofSeconds(2)).until(() -> !stream.ended());
            here.database()
                    .execute("UPDATE web.session SET last_used_at = now() - interval '25 hours' WHERE user_id = '"
                            + People.ALICE.id() + "'");

            Objects.requireNonNull(here.service().bean("housekeeping", Housekeeping.class))
                    .clean()
                    .block();

            await().atMost(Duration.ofSeconds(10)).until(stream::ended);
        }
    }
}
