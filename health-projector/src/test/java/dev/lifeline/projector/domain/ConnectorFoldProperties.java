package dev.lifeline.projector.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ConnectorFoldProperties {

    private static final Duration LATE = Duration.ofDays(1);

    private final ConnectorFold fold = new ConnectorFold(History.GRACE);

    @Property
    void zombies_and_duplicates_change_nothing(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 100_000) Integer> choices,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 100_000) Integer> zombies) {
        List<Fact> sane = SaneHistory.of(choices);
        Run expected = run(sane, Set.of(), Set.of());
        assertThat(run(SaneHistory.withZombies(sane, zombies), Set.of(), Set.of()))
                .isEqualTo(expected);
    }

    @Property
    void it_does_not_matter_where_batches_are_cut(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 100_000) Integer> choices,
            @ForAll Set<@IntRange(min = 0, max = 62) Integer> cuts) {
        List<Fact> sane = SaneHistory.of(choices);
        assertThat(run(sane, cuts, Set.of())).isEqualTo(run(sane, Set.of(), Set.of()));
    }

    @Property
    void staleness_is_the_same_by_the_clock_as_by_a_late_event(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 100_000) Integer> choices,
            @ForAll Set<@IntRange(min = 0, max = 62) Integer> ticks) {
        List<Fact> sane = SaneHistory.of(choices);
        assertThat(run(sane, ticks, ticks)).isEqualTo(run(sane, Set.of(), Set.of()));
    }

    @Property
    void what_is_told_of_a_connector_has_rising_versions_and_one_position_and_ordinal_each(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 100_000) Integer> choices) {
        Run run = run(SaneHistory.of(choices), Set.of(), Set.of());
        Set<Object> keys = new HashSet<>();
        run.published.forEach((name, changes) -> {
            long version = 0;
            for (Change change : changes) {
                assertThat(change.after().version()).isGreaterThan(version);
                version = change.after().version();
                assertThat(keys.add(List.of(change.cause(), change.ordinal()))).isTrue();
            }
        });
    }

    @Property
    void nothing_but_consent_ends_the_need_for_it(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 100_000) Integer> choices) {
        run(SaneHistory.of(choices), Set.of(), Set.of()).timeline.stream()
                .filter(entry -> entry.from() == Condition.NEEDS_REAUTH)
                .forEach(entry -> assertThat(entry.kind()).isIn(Kind.REAUTHORIZED, Kind.DISABLED, Kind.REMOVED));
    }

    /** All that comes of a history: rows, what subscribers hear of each connector in order, and the timeline. */
    private record Run(Connectors rows, Map<String, List<Change>> published, Set<TimelineEntry> timeline) {}

    private Run run(List<Fact> facts, Set<Integer> cuts, Set<Integer> ticks) {
        Map<UUID, Connectors> state = new HashMap<>();
        Map<String, List<Change>> published = new HashMap<>();
        Set<TimelineEntry> timeline = new HashSet<>();
        Batch batch = new Batch(fold, state);
        Instant end = History.START;
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            end = fact.time().plus(LATE);
            if (cuts.contains(i)) {
                finish(batch, state, published, timeline);
                batch = new Batch(fold, state);
            }
            if (ticks.contains(i)) {
                batch.passTimeTo(fact.time());
            }
            batch.fold(fact);
        }
        batch.passTimeTo(end);
        finish(batch, state, published, timeline);
        return new Run(state.getOrDefault(History.USER, Connectors.NONE), published, timeline);
    }

    private static void finish(
            Batch batch,
            Map<UUID, Connectors> state,
            Map<String, List<Change>> published,
            Set<TimelineEntry> timeline) {
        for (ConnectorHealth row : batch.rows()) {
            state.merge(row.userId(), new Connectors(List.of(row)), (known, one) -> known.with(row));
        }
        for (Change change : batch.published()) {
            published
                    .computeIfAbsent(change.after().name(), name -> new ArrayList<>())
                    .add(change);
        }
        timeline.addAll(batch.timeline());
    }
}
