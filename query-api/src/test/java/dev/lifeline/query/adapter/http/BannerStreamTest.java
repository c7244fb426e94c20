package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.AUDITOR;
import static dev.lifeline.query.TestIssuer.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifeline.events.Condition;
import dev.lifeline.query.AutonomyRows;
import dev.lifeline.query.EventStream;
import dev.lifeline.query.ReadModelTables;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import dev.lifeline.query.TestIssuer.People;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BannerStreamTest {

    private static final String DEAD = "needs_reauth:" + ReadModelTables.GRANT;
    private static final String CUT_LISTENERS = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE usename = 'lifeline_query' AND datname = current_database()"
            + " AND (query LIKE 'LISTEN%' OR query LIKE '%one LEFT JOIN%')";

    private final Surroundings here = RunningQuery.shared();

    @BeforeEach
    void clear() {
        here.tables().clear();
    }

    private EventStream open(RunningQuery service, People person, String... headers) {
        return EventStream.open(
                service.uri().resolve("/api/users/" + person.id() + "/banners/stream"),
                Stream.concat(
                                Stream.of(
                                        "Authorization",
                                        "Bearer " + here.issuer().token(person)),
                                Stream.of(headers))
                        .toArray(String[]::new));
    }

    private static void awaitBanners(EventStream stream, String... ids) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(stream.banners()).containsExactly(ids));
    }

    @Test
    void says_on_connect_what_the_other_route_says() {
        here.tables().silently(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ofMinutes(14));

        try (EventStream stream = open(here.service(), ALICE)) {
            awaitBanners(stream, DEAD);

            EventStream.Event event = stream.events().getFirst();
            assertThat(stream.response().headers().firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(stream.response().headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(event.name()).isEqualTo("banners");
            assertThat(event.json().get("asOf").asString()).isNotEmpty();
            assertThat(event.id()).isNotEmpty();
            byte[] body = here.service()
                    .http(here.issuer().token(ALICE))
                    .get()
                    .uri("/api/users/{id}/banners", ALICE.id())
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.banners[0].cta.href")
                    .isEqualTo("/connect/gmail")
                    .jsonPath("$.banners[0].severity")
                    .isEqualTo("amber")
                    .returnResult()
                    .getResponseBody();
            assertThat(new JsonMapper().readTree(body).get("banners"))
                    .isEqualTo(event.json().get("banners"));
        }
    }

    @Test
    void says_every_change_and_nothing_in_between() {
        here.tables().silently(ALICE.id(), "gmail", Condition.OK, Duration.ZERO);

        try (EventStream stream = open(here.service(), ALICE)) {
            awaitBanners(stream);
            here.tables().connector(ALICE.id(), "gmail", Condition.OK, Duration.ZERO);
            here.tables().connector(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ZERO);
            awaitBanners(stream, DEAD);
            here.tables().connector(ALICE.id(), "gmail", Condition.OK, Duration.ZERO);
            awaitBanners(stream);

            // A change that was read before it was told of is told once more, as one that has no banner.
            List<EventStream.Event> banners = stream.events().stream()
                    .filter(event -> event.name().equals("banners"))
                    .toList();
            assertThat(banners).hasSize(3);
            assertThat(banners.get(0).id()).isEqualTo(banners.get(2).id());
        }
    }

    @Test
    void says_nothing_of_others() {
        try (EventStream alice = open(here.service(), ALICE);
                EventStream bob = open(here.service(), BOB)) {
            awaitBanners(alice);
            awaitBanners(bob);
            here.tables().connector(BOB.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ZERO);
            awaitBanners(bob, DEAD);

            assertThat(alice.events()).hasSize(1);
        }
    }

    @Test
    void an_auditor_sees_whom_he_looks_at_and_not_himself() {
        here.tables().silently(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ofMinutes(14));

        try (EventStream stream = EventStream.open(
                here.service().uri().resolve("/api/users/" + ALICE.id() + "/banners/stream"),
                "Authorization",
                "Bearer " + here.issuer().token(AUDITOR))) {
            awaitBanners(stream, DEAD);
        }
    }

    @Test
    void spares_a_reader_who_comes_back_what_he_saw_last() {
        String seen;
        try (EventStream stream = open(here.service(), ALICE)) {
            awaitBanners(stream);
            seen = stream.events().getFirst().id();
        }
        try (EventStream again = open(here.service(), ALICE, "Last-Event-ID", seen);
                EventStream other = open(here.service(), ALICE, "Last-Event-ID", "another")) {
            awaitBanners(other);
            await().untilAsserted(() -> assertThat(again.comments()).isNotEmpty());
            assertThat(again.events()).isEmpty();

            here.tables().connector(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ZERO);
            awaitBanners(again, DEAD);
        }
    }

    @Test
    void time_alone_changes_what_is_said() {
        here.tables().silently(ALICE.id(), "gmail", Condition.RETRYING, Duration.ofSeconds(47));

        try (EventStream stream = open(here.service(), ALICE)) {
            awaitBanners(stream);
            here.tables().caughtUp(Duration.ZERO);
            awaitBanners(stream, "not_answering:" + ReadModelTables.GRANT);
        }
    }

    @Test
    void a_projector_that_stands_still_is_said() {
        here.tables().caughtUp(Duration.ofSeconds(11));

        try (EventStream stream = open(here.service(), ALICE)) {
            awaitBanners(stream, "unknown");
            here.tables().caughtUp(Duration.ZERO);
            awaitBanners(stream);
        }
    }

    @Test
    void what_changed_while_the_listening_connection_was_cut_is_caught_up_with() {
        here.tables().silently(ALICE.id(), "gmail", Condition.OK, Duration.ZERO);

        try (EventStream stream = open(here.service(), ALICE)) {
            awaitBanners(stream);
            // Nobody is told of the change: only whoever reads everything again can know.
            here.tables().silently(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ZERO);
            assertThat(here.database().value(CUT_LISTENERS)).isNotEqualTo("0");

            awaitBanners(stream, DEAD);
        }
    }

    @Test
    void every_instance_says_it() {
        try (EventStream one = open(here.service(), ALICE);
                EventStream two = open(here.second(), ALICE)) {
            awaitBanners(one);
            awaitBanners(two);
            here.tables().connector(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ZERO);

            awaitBanners(one, DEAD);
            awaitBanners(two, DEAD);
        }
    }

    @Test
    void ends_when_the_token_expires() {
        String token = here.issuer()
                .token(
                        ALICE,
                        claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(3))));

        try (EventStream stream = EventStream.open(
                here.service().uri().resolve("/api/users/" + ALICE.id() + "/banners/stream"),
                "Authorization",
                "Bearer " + token)) {
            awaitBanners(stream);
            await().atMost(Duration.ofSeconds(10)).until(stream::ended);
        }
    }

    @Test
    void ends_when_the_instance_stops() {
        RunningQuery second = here.another(Map.of());
        try (EventStream stream = open(second, ALICE)) {
            awaitBanners(stream);
            second.close();
            await().atMost(Duration.ofSeconds(10)).until(stream::ended);
        }
    }

    @Test
    void many_streams_of_one_user_all_hear_it() {
        List<EventStream> streams =
                Stream.generate(() -> open(here.service(), ALICE)).limit(20).toList();
        try {
            streams.forEach(stream -> awaitBanners(stream));
            here.tables().connector(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ZERO);
            streams.forEach(stream -> awaitBanners(stream, DEAD));
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    @Test
    void a_pause_stands_above_everything_in_every_open_tab() {
        AutonomyRows rows = new AutonomyRows(here.tables());
        here.tables().silently(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ofMinutes(14));
        try (EventStream one = open(here.service(), ALICE);
                EventStream other = open(here.service(), ALICE)) {
            awaitBanners(one, DEAD);
            rows.paused(ALICE.id(), "on holiday", 1);
            here.tables().tell(ALICE.id().toString());
            awaitBanners(one, "user_pause", DEAD);
            awaitBanners(other, "user_pause", DEAD);
            rows.operatorPaused("everything", "", "We look into something.", 1);
            here.tables().tell("*");
            awaitBanners(one, "operator_pause", "user_pause", DEAD);

            JsonNode banners = one.events().getLast().json().get("banners");
            assertThat(banners.at("/0/severity").asString()).isEqualTo("red");
            assertThat(banners.at("/0/cta").isNull()).isTrue();
            assertThat(banners.at("/0/detail").asString())
                    .isEqualTo("The operator says: \u201cWe look into something.\u201d"
                            + " Actions wait in Approvals until the operator lifts it or you approve them.");
            assertThat(banners.at("/1/text").asString()).isEqualTo("Auto-execution is paused.");
            assertThat(banners.at("/1/detail").asString())
                    .isEqualTo("You paused it: \u201con holiday\u201d. Actions wait in Approvals until you resume.");
            assertThat(banners.at("/1/since").asString()).endsWith("Z");
            assertThat(banners.at("/1/cta/label").asString()).isEqualTo("Resume");
        }
    }

    @Test
    void a_change_without_a_banner_is_told_too() {
        here.tables().silently(ALICE.id(), "gmail", Condition.OK, Duration.ZERO);
        try (EventStream stream = open(here.service(), ALICE)) {
            awaitBanners(stream);
            here.tables().tell(ALICE.id().toString());
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(stream.events().getLast().name()).isEqualTo("changed"));

            int events = stream.events().size();
            here.tables().connector(ALICE.id(), "gmail", Condition.OK, Duration.ofMillis(1));
            here.tables().connector(ALICE.id(), "gmail", Condition.NEEDS_REAUTH, Duration.ofMillis(1));
            awaitBanners(stream, DEAD);
            assertThat(stream.events().get(events).name())
                    .as("a poll that found all well is no news")
                    .isEqualTo("banners");
        }
    }
}
