package dev.lifeline.query.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What holds of the banners whatever the rows and whatever the time. */
class BannersProperties {

    private static final Instant NOW = Rows.NOW;
    private static final List<UUID> GRANTS = List.of(Rows.GRANT, Rows.OTHER_GRANT);

    private final Banners banners = Banners.polledEvery(Duration.ofSeconds(5), Rows.CATALOGUE);

    @Property
    void each_has_an_id_of_its_own(@ForAll("readings") Reading reading) {
        assertThat(banners.compose(reading, NOW)).extracting(Banner::id).doesNotHaveDuplicates();
    }

    @Property
    void they_come_in_the_order_of_their_kinds(@ForAll("readings") Reading reading) {
        assertThat(banners.compose(reading, NOW)).extracting(Banner::kind).isSorted();
    }

    @Property
    void the_order_of_the_rows_does_not_matter(@ForAll("readings") Reading reading, @ForAll Random random) {
        List<ConnectorHealth> shuffled = new ArrayList<>(reading.rows());
        Collections.shuffle(shuffled, random);

        assertThat(banners.compose(new Reading(shuffled, reading.asOf(), reading.live()), NOW))
                .isEqualTo(banners.compose(reading, NOW));
    }

    @Property
    void every_dead_connector_is_named_and_has_a_button_at_its_grant(@ForAll("readings") Reading reading) {
        Map<UUID, Banner> shown = banners.compose(reading, NOW).stream()
                .filter(banner -> banner.kind() == BannerKind.NEEDS_REAUTH)
                .collect(Collectors.toMap(BannersProperties::grant, banner -> banner));

        for (ConnectorHealth row : reading.rows()) {
            if (row.condition() == Condition.NEEDS_REAUTH) {
                assertThat(shown)
                        .extractingByKey(row.grantId())
                        .extracting(Banner::text)
                        .asString()
                        .contains(Rows.CATALOGUE.label(row.name()));
            }
        }
        Set<UUID> dead = new HashSet<>();
        reading.rows().stream()
                .filter(row -> row.condition() == Condition.NEEDS_REAUTH)
                .forEach(row -> dead.add(row.grantId()));
        assertThat(shown.keySet()).isEqualTo(dead);
    }

    @Property
    void only_reconnecting_has_a_button_and_it_leads_to_the_first_connector(@ForAll("readings") Reading reading) {
        for (Banner banner : banners.compose(reading, NOW)) {
            if (banner.kind() == BannerKind.NEEDS_REAUTH) {
                String first = reading.rows().stream()
                        .filter(row -> row.condition() == Condition.NEEDS_REAUTH)
                        .filter(row -> row.grantId().equals(banner.grantId()))
                        .map(ConnectorHealth::name)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                assertThat(banner.cta()).isEqualTo(new Banner.CallToAction("Reconnect", "/connect/" + first));
            } else {
                assertThat(banner.cta()).isNull();
            }
        }
    }

    @Property
    void good_news_alone_is_never_silence_when_it_is_old(@ForAll("readings") Reading reading) {
        boolean saysUnknown =
                banners.compose(reading, NOW).stream().anyMatch(banner -> banner.kind() == BannerKind.UNKNOWN);
        boolean stale = reading.rows().stream().anyMatch(row -> row.condition() == Condition.STALE);

        assertThat(saysUnknown).isEqualTo(!reading.current(NOW) || stale);
    }

    @Property
    void texts_name_no_time_and_no_code(@ForAll("readings") Reading reading) {
        assertThat(banners.compose(reading, NOW))
                .allSatisfy(
                        banner -> assertThat(banner.text() + banner.detail()).doesNotContainPattern("[0-9_{}]"));
    }

    @Property
    void time_alone_only_adds_grey_ones(@ForAll("readings") Reading reading) {
        assertThat(amber(banners.compose(reading, NOW.plusSeconds(3_600))))
                .isEqualTo(amber(banners.compose(reading, NOW)));
    }

    @Property
    void time_alone_changes_nothing_that_is_said(
            @ForAll("readings") Reading reading, @ForAll @IntRange(max = 120) int seconds) {
        Instant later = NOW.plusSeconds(seconds);

        assertThat(banners.compose(new Reading(reading.rows(), later, true), later))
                .containsAll(banners.compose(new Reading(reading.rows(), NOW, true), NOW));
    }

    private static List<Banner> amber(List<Banner> shown) {
        return shown.stream()
                .filter(banner -> banner.kind().severity() == BannerKind.Severity.AMBER)
                .toList();
    }

    private static UUID grant(Banner banner) {
        UUID grant = banner.grantId();
        assertThat(grant).isNotNull();
        return grant == null ? Rows.GRANT : grant;
    }

    @Provide
    Arbitrary<Reading> readings() {
        Arbitrary<List<ConnectorHealth>> rows = rows().list().ofMaxSize(3).uniqueElements(ConnectorHealth::name);
        Arbitrary<@Nullable Instant> asOf =
                Arbitraries.integers().between(0, 30).map(NOW::minusSeconds).injectNull(0.1);
        return Combinators.combine(rows, asOf, Arbitraries.of(true, true, true, false))
                .as(Reading::new);
    }

    private static Arbitrary<ConnectorHealth> rows() {
        return Combinators.combine(
                        Arbitraries.of("gmail", "google-calendar", "google-contacts"),
                        Arbitraries.of(GRANTS),
                        Arbitraries.of(Condition.class),
                        Arbitraries.integers()
                                .between(0, 100)
                                .map(NOW::minusSeconds)
                                .injectNull(0.2),
                        Arbitraries.of("insufficient_scope", "invalid_grant").injectNull(0.3))
                .as(Rows::row);
    }
}
