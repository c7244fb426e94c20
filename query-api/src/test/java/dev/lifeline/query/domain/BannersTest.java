package dev.lifeline.query.domain;

import static dev.lifeline.query.domain.Rows.CATALOGUE;
import static dev.lifeline.query.domain.Rows.GRANT;
import static dev.lifeline.query.domain.Rows.NOW;
import static dev.lifeline.query.domain.Rows.OTHER_GRANT;
import static dev.lifeline.query.domain.Rows.fresh;
import static dev.lifeline.query.domain.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Condition;
import dev.lifeline.events.PauseScope;
import dev.lifeline.query.domain.Banner.CallToAction;
import dev.lifeline.query.domain.Pauses.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BannersTest {

    private static final Duration A_WHILE = Duration.ofMinutes(14);
    private static final Duration MOMENTS = Duration.ofSeconds(4);

    private final Banners banners = Banners.polledEvery(Duration.ofSeconds(5), CATALOGUE);

    private List<Banner> shown(ConnectorHealth... rows) {
        return banners.compose(fresh(rows), NOW);
    }

    @Nested
    class when_all_is_well {

        @Test
        void nothing_is_said() {
            assertThat(shown()).isEmpty();
            assertThat(shown(row("gmail", Condition.OK, MOMENTS))).isEmpty();
            assertThat(shown(row("gmail", Condition.DISABLED, A_WHILE))).isEmpty();
        }

        @Test
        void not_even_when_the_first_poll_is_still_to_come() {
            assertThat(shown(row("gmail", GRANT, Condition.OK, null, null))).isEmpty();
        }
    }

    @Nested
    class when_a_grant_is_dead {

        @Test
        void all_its_connectors_are_one_banner_with_one_button() {
            List<Banner> shown = shown(
                    row("google-calendar", Condition.NEEDS_REAUTH, A_WHILE.plusSeconds(3)),
                    row("gmail", Condition.NEEDS_REAUTH, A_WHILE));

            assertThat(shown)
                    .containsExactly(new Banner(
                            BannerKind.NEEDS_REAUTH,
                            GRANT,
                            "Gmail and Google Calendar are disconnected.",
                            "Access was revoked or has expired.",
                            NOW.minus(A_WHILE),
                            new CallToAction("Reconnect", "/connect/gmail")));
            assertThat(shown.getFirst().id()).isEqualTo("needs_reauth:" + GRANT);
            assertThat(shown.getFirst().kind().severity().wireName()).isEqualTo("amber");
        }

        @Test
        void one_connector_is_named_in_the_singular() {
            assertThat(shown(row("google-calendar", Condition.NEEDS_REAUTH, A_WHILE)))
                    .singleElement()
                    .satisfies(banner -> {
                        assertThat(banner.text()).isEqualTo("Google Calendar is disconnected.");
                        assertThat(banner.cta()).isEqualTo(new CallToAction("Reconnect", "/connect/google-calendar"));
                    });
        }

        @Test
        void three_connectors_are_listed() {
            assertThat(shown(
                            row("gmail", Condition.NEEDS_REAUTH, A_WHILE),
                            row("google-calendar", Condition.NEEDS_REAUTH, A_WHILE),
                            row("google-contacts", Condition.NEEDS_REAUTH, A_WHILE)))
                    .extracting(Banner::text)
                    .containsExactly("Gmail, Google Calendar and Google Contacts are disconnected.");
        }

        @Test
        void two_grants_are_two_banners() {
            assertThat(shown(
                            row("gmail", GRANT, Condition.NEEDS_REAUTH, NOW, null),
                            row("google-calendar", OTHER_GRANT, Condition.NEEDS_REAUTH, NOW, null)))
                    .extracting(Banner::id)
                    .containsExactly("needs_reauth:" + GRANT, "needs_reauth:" + OTHER_GRANT);
        }

        @Test
        void a_disabled_sibling_is_not_named() {
            assertThat(shown(
                            row("gmail", Condition.NEEDS_REAUTH, A_WHILE),
                            row("google-calendar", Condition.DISABLED, A_WHILE)))
                    .extracting(Banner::text)
                    .containsExactly("Gmail is disconnected.");
        }

        @Test
        void a_connector_that_was_never_read_says_since_when_it_has_been_dead() {
            assertThat(shown(row("gmail", GRANT, Condition.NEEDS_REAUTH, null, null)))
                    .extracting(Banner::since)
                    .containsExactly(NOW);
        }

        @Test
        void a_name_that_is_no_longer_offered_is_shown_as_it_is() {
            assertThat(shown(row("slack", Condition.NEEDS_REAUTH, A_WHILE)))
                    .extracting(Banner::text)
                    .containsExactly("slack is disconnected.");
        }
    }

    @Test
    void a_permission_that_was_not_given_is_called_that() {
        assertThat(shown(row("gmail", GRANT, Condition.NEEDS_REAUTH, null, "insufficient_scope")))
                .singleElement()
                .extracting(Banner::detail)
                .isEqualTo("The permission to read it was not given.");
    }

    @Test
    void what_somebody_else_must_do_has_no_button() {
        assertThat(shown(row("gmail", Condition.NEEDS_ADMIN, MOMENTS)))
                .singleElement()
                .satisfies(banner -> {
                    assertThat(banner.id()).isEqualTo("needs_admin:" + GRANT);
                    assertThat(banner.kind().severity().wireName()).isEqualTo("amber");
                    assertThat(banner.cta()).isNull();
                });
    }

    @Nested
    class when_the_provider_does_not_answer {

        @Test
        void nothing_is_said_for_ten_polls() {
            assertThat(shown(row("gmail", Condition.RETRYING, Duration.ofSeconds(49))))
                    .isEmpty();
        }

        @Test
        void then_it_is_said_in_grey() {
            assertThat(shown(row("gmail", Condition.RETRYING, Duration.ofSeconds(50))))
                    .singleElement()
                    .satisfies(banner -> {
                        assertThat(banner.id()).isEqualTo("not_answering:" + GRANT);
                        assertThat(banner.kind().severity().wireName()).isEqualTo("grey");
                        assertThat(banner.text()).isEqualTo("Gmail is not answering.");
                        assertThat(banner.since()).isEqualTo(NOW.minusSeconds(50));
                        assertThat(banner.cta()).isNull();
                    });
        }

        @Test
        void it_is_said_at_once_of_all_of_the_grant_that_do_not_answer() {
            assertThat(shown(
                            row("gmail", Condition.RETRYING, Duration.ofSeconds(50)),
                            row("google-calendar", Condition.RETRYING, Duration.ofSeconds(49))))
                    .singleElement()
                    .satisfies(banner -> {
                        assertThat(banner.text()).isEqualTo("Gmail and Google Calendar are not answering.");
                        assertThat(banner.since()).isEqualTo(NOW.minusSeconds(49));
                    });
        }

        @Test
        void it_is_not_said_of_another_grant_nor_of_what_answers() {
            assertThat(shown(
                            row("gmail", Condition.RETRYING, Duration.ofSeconds(50)),
                            row("google-calendar", Condition.OK, MOMENTS),
                            row("google-contacts", OTHER_GRANT, Condition.RETRYING, NOW.minusSeconds(49), null)))
                    .extracting(Banner::text)
                    .containsExactly("Gmail is not answering.");
        }

        @Test
        void never_within_thirty_seconds() {
            Banners impatient = Banners.polledEvery(Duration.ofSeconds(1), CATALOGUE);
            Reading almost = fresh(row("gmail", Condition.RETRYING, Duration.ofSeconds(29)));

            assertThat(impatient.compose(almost, NOW)).isEmpty();
            assertThat(impatient.compose(almost, NOW.plusSeconds(1))).hasSize(1);
        }

        @Test
        void one_that_was_never_read_is_waited_for_from_the_beginning_of_its_trouble() {
            Reading never = fresh(row("gmail", GRANT, Condition.RETRYING, null, null));

            assertThat(banners.compose(never, NOW)).isEmpty();
        }
    }

    @Test
    void our_own_fault_is_not_the_users() {
        assertThat(shown(row("gmail", Condition.OPERATOR_FAULT, Duration.ofSeconds(49))))
                .isEmpty();
        assertThat(shown(row("gmail", Condition.OPERATOR_FAULT, A_WHILE)))
                .singleElement()
                .satisfies(banner -> {
                    assertThat(banner.id()).isEqualTo("operator_fault:" + GRANT);
                    assertThat(banner.detail()).startsWith("We are fixing a problem on our side");
                    assertThat(banner.cta()).isNull();
                });
    }

    @Nested
    class when_something_is_not_known {

        @Test
        void a_stale_connector_is_unknown_at_once() {
            assertThat(shown(row("gmail", Condition.STALE, MOMENTS), row("google-calendar", Condition.OK, MOMENTS)))
                    .singleElement()
                    .satisfies(banner -> {
                        assertThat(banner.id()).isEqualTo("unknown:" + GRANT);
                        assertThat(banner.kind().severity().wireName()).isEqualTo("grey");
                        assertThat(banner.text()).isEqualTo("How Gmail is doing is not known.");
                        assertThat(banner.since()).isEqualTo(NOW.minus(MOMENTS));
                    });
        }

        @Test
        void everything_is_when_the_projector_has_been_behind_for_more_than_ten_seconds() {
            Instant asOf = NOW.minusSeconds(10);
            Reading old = new Reading(List.of(row("gmail", Condition.OK, MOMENTS)), asOf, true);

            assertThat(banners.compose(old, NOW)).isEmpty();
            assertThat(banners.compose(old, NOW.plusMillis(1))).singleElement().satisfies(banner -> {
                assertThat(banner.id()).isEqualTo("unknown");
                assertThat(banner.since()).isEqualTo(asOf);
            });
        }

        @Test
        void everything_is_when_changes_would_not_be_noticed() {
            assertThat(banners.compose(new Reading(List.of(), NOW, false), NOW))
                    .extracting(Banner::id)
                    .containsExactly("unknown");
        }

        @Test
        void everything_is_when_nothing_was_ever_read() {
            assertThat(banners.compose(new Reading(List.of(), null, true), NOW))
                    .singleElement()
                    .extracting(Banner::since)
                    .isNull();
        }

        @Test
        void a_stale_connector_is_not_named_again_beside_it() {
            Reading old = new Reading(List.of(row("gmail", Condition.STALE, A_WHILE)), NOW.minusSeconds(60), true);

            assertThat(banners.compose(old, NOW)).extracting(Banner::id).containsExactly("unknown");
        }

        @Test
        void what_is_known_to_be_dead_stays_said() {
            Reading old =
                    new Reading(List.of(row("gmail", Condition.NEEDS_REAUTH, A_WHILE)), NOW.minusSeconds(60), true);

            assertThat(banners.compose(old, NOW))
                    .extracting(Banner::id)
                    .containsExactly("needs_reauth:" + GRANT, "unknown");
        }

        @Test
        void a_projector_that_lags_accuses_no_provider() {
            ConnectorHealth retrying = row("gmail", Condition.RETRYING, Duration.ofSeconds(70));
            Reading old = new Reading(List.of(retrying), NOW.minusSeconds(60), true);

            assertThat(banners.compose(old, NOW)).extracting(Banner::id).containsExactly("unknown");
        }
    }

    @Test
    void that_a_command_could_not_be_read_is_said_for_it_may_have_been_a_pause() {
        Pauses withheld = new Pauses(null, List.of(), NOW);
        List<ConnectorHealth> rows = List.of(row("a", GRANT, Condition.NEEDS_REAUTH, NOW, null));

        List<Banner> shown = banners.compose(new Reading(rows, NOW, true, withheld), NOW);
        assertThat(shown).extracting(Banner::kind).containsExactly(BannerKind.NEEDS_REAUTH, BannerKind.OPERATOR_FAULT);
        assertThat(shown.getLast().text()).contains("Nothing is done without asking you");
    }

    @Test
    void the_loudest_come_first() {
        Pause own = new Pause(PauseScope.EVERYTHING, NOW, "on holiday", 1);
        Pause operators = new Pause(PauseScope.EVERYTHING, NOW, null, 2);
        List<ConnectorHealth> rows = List.of(
                row("a", GRANT, Condition.STALE, NOW, null),
                row("b", GRANT, Condition.OPERATOR_FAULT, NOW.minus(A_WHILE), null),
                row("c", GRANT, Condition.RETRYING, NOW.minus(A_WHILE), null),
                row("d", GRANT, Condition.NEEDS_ADMIN, NOW, null),
                row("e", GRANT, Condition.NEEDS_REAUTH, NOW, null));

        assertThat(banners.compose(new Reading(rows, NOW, true, new Pauses(own, List.of(operators), null)), NOW))
                .extracting(Banner::kind)
                .containsExactly(BannerKind.values());
    }
}
