package dev.lifeline.standalone.audit;

import dev.lifeline.events.Codec;
import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.Claimed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.projector.domain.Change;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.projector.domain.Connectors;
import dev.lifeline.projector.domain.Fact;
import dev.lifeline.projector.domain.Folded;
import dev.lifeline.query.domain.Catalogue;
import dev.lifeline.query.domain.ConnectorHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of a user's connectors, by the fold of the read model. */
final class ConnectorTale {

    private final ConnectorFold fold;
    private final Duration patience;
    private final ConnectorWords words;
    private final List<Line> lines;
    private final Map<String, Run> runs = new HashMap<>();
    private Connectors connectors = Connectors.NONE;
    private Instant clock = Instant.MIN;

    /**
     * @param patience how long a connector may be unread before the screen says so
     * @param lines where what is told is added
     */
    ConnectorTale(ConnectorFold fold, Duration patience, Catalogue catalogue, List<Line> lines) {
        this.fold = fold;
        this.patience = patience;
        this.words = new ConnectorWords(catalogue);
        this.lines = lines;
    }

    /**
     * A moment at which something is so that no record tells.
     *
     * @param overdue the connector of which an outcome was due by then; absent: only the screen may say something else
     * @param source the record since which the time has passed
     */
    record Wake(Instant at, @Nullable String overdue, SourcePosition source) {}

    /** What happens to a connector again and again: its line, what that said first, and how much was found in all. */
    private record Run(String what, int line, String text, long found) {}

    void hear(ConnectorEvent event, Instant time, SourcePosition source) {
        clock = time;
        Folded folded = fold.fold(connectors, new Fact(event, time, source));
        folded.changes().forEach(change -> connectors = connectors.with(change.after()));
        if (event instanceof Claimed claimed && folded.ignored() == null) {
            String again = changedNothing(folded) ? words.sameAgain(claimed) : "";
            tell(claimed, again, words.text(event, folded), time, source);
        } else {
            lines.add(new Line(time, Codec.typeOf(event), words.text(event, folded), source));
        }
    }

    /** The next moment, up to a time. */
    Optional<Wake> wake(Instant time) {
        return connectors.all().stream()
                .filter(row -> !row.hidden())
                .flatMap(row -> Stream.concat(overdue(row, time), outOfPatience(row, time)))
                .min(Comparator.comparing(Wake::at));
    }

    void wakeUp(Wake wake) {
        clock = wake.at();
        if (wake.overdue() == null) {
            return;
        }
        dev.lifeline.projector.domain.ConnectorHealth row = Objects.requireNonNull(connectors.named(wake.overdue()));
        Change change = fold.overdue(row, Instant.MAX).orElseThrow();
        connectors = connectors.with(change.after());
        runs.remove(row.name());
        lines.add(new Line(wake.at(), Line.STALE, words.overdue(row.name()), wake.source()));
    }

    /** As the read model has them, without those that were removed. */
    List<ConnectorHealth> rows() {
        return connectors.all().stream()
                .filter(row -> !row.hidden())
                .map(row -> new ConnectorHealth(
                        row.name(),
                        row.grant().provider(),
                        row.grant().account(),
                        row.grant().id(),
                        row.condition(),
                        row.verdict().failureClass(),
                        row.verdict().errorCode(),
                        row.lastSuccessAt(),
                        row.lastFailureAt(),
                        row.changedAt()))
                .toList();
    }

    /** @param again what this is once more; empty: nothing that can be */
    private void tell(Claimed event, String again, String text, Instant time, SourcePosition source) {
        long found = event instanceof ConnectorPolled polled ? polled.itemsFound() : 0;
        Run before = runs.get(event.connectorName());
        if (before != null && !again.isEmpty() && before.what().equals(again)) {
            Run run = new Run(again, before.line(), before.text(), before.found() + found);
            runs.put(event.connectorName(), run);
            lines.set(run.line(), lines.get(run.line()).again(time, words.run(event, run.text(), run.found())));
            return;
        }
        lines.add(new Line(time, Codec.typeOf(event), words.run(event, text, found), source));
        runs.put(event.connectorName(), new Run(words.sameAgain(event), lines.size() - 1, text, found));
    }

    private static boolean changedNothing(Folded folded) {
        return folded.changes().stream().allMatch(change -> change.kind() == null);
    }

    private Stream<Wake> overdue(dev.lifeline.projector.domain.ConnectorHealth row, Instant time) {
        return row.dueBy() != null && fold.overdue(row, time).isPresent()
                ? Stream.of(new Wake(row.dueBy(), row.name(), row.source()))
                : Stream.empty();
    }

    private Stream<Wake> outOfPatience(dev.lifeline.projector.domain.ConnectorHealth row, Instant time) {
        if (row.condition() != Condition.RETRYING && row.condition() != Condition.OPERATOR_FAULT) {
            return Stream.empty();
        }
        Instant unreadSince = row.lastSuccessAt() == null ? row.changedAt() : row.lastSuccessAt();
        Instant ends = unreadSince.plus(patience);
        return ends.isAfter(clock) && !ends.isAfter(time)
                ? Stream.of(new Wake(ends, null, row.source()))
                : Stream.empty();
    }
}
