package dev.lifeline.standalone.audit;

import dev.lifeline.events.Codec;
import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.Claimed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.Consented;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.projector.domain.Change;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.projector.domain.Connectors;
import dev.lifeline.projector.domain.Fact;
import dev.lifeline.projector.domain.Folded;
import dev.lifeline.projector.domain.Grant;
import dev.lifeline.projector.domain.Verdict;
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

    private final Extent extent;
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
    ConnectorTale(Extent extent, ConnectorFold fold, Duration patience, Catalogue catalogue, List<Line> lines) {
        this.extent = extent;
        this.fold = fold;
        this.patience = patience;
        this.words = new ConnectorWords(catalogue, extent);
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
        boolean older = isOlder(event);
        if (older) {
            connectors = connectors.with(before((Claimed) event, source));
        }
        Folded folded = fold.fold(connectors, new Fact(event, time, source));
        folded.changes().forEach(change -> connectors = connectors.with(change.after()));
        String text = words.text(event, folded) + (older ? " It had been connected before the log begins." : "");
        if (event instanceof Claimed claimed) {
            tell(claimed, folded, text, time, source);
        } else {
            lines.add(new Line(time, Codec.typeOf(event), text, source));
        }
    }

    /** Whether an event is the first that is left of a connector. */
    private boolean isOlder(ConnectorEvent event) {
        return extent.connectorsCut()
                && event instanceof Claimed claimed
                && !(claimed instanceof Consented)
                && connectors.named(claimed.connectorName()) == null;
    }

    /** A connector before the first event that is left of it, which tells how it was from then on. */
    private dev.lifeline.projector.domain.ConnectorHealth before(Claimed first, SourcePosition source) {
        return new dev.lifeline.projector.domain.ConnectorHealth(
                first.userId(),
                first.connectorName(),
                new Grant(first.provider(), "", first.grantId(), first.generation()),
                first.attempt() - 1,
                new Verdict(Condition.OK, null, null),
                0,
                null,
                null,
                null,
                extent.begins(),
                null,
                1,
                source);
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
                        row.grant().account().isEmpty() ? null : row.grant().account(),
                        row.grant().id(),
                        row.condition(),
                        row.verdict().failureClass(),
                        row.verdict().errorCode(),
                        row.lastSuccessAt(),
                        row.lastFailureAt(),
                        row.changedAt()))
                .toList();
    }

    private void tell(Claimed event, Folded folded, String text, Instant time, SourcePosition source) {
        String what = words.sameAgain(event);
        // What changed nothing ends no run of what did.
        String connector = event.connectorName() + (folded.ignored() == null ? "" : "/" + folded.ignored());
        boolean again = !what.isEmpty() && changedNothing(folded);
        long found = event instanceof ConnectorPolled polled ? polled.itemsFound() : 0;
        Run before = runs.get(connector);
        if (before != null && again && before.what().equals(what)) {
            Run run = new Run(what, before.line(), before.text(), before.found() + found);
            runs.put(connector, run);
            lines.set(run.line(), lines.get(run.line()).again(time, words.run(event, run.text(), run.found())));
            return;
        }
        lines.add(new Line(time, Codec.typeOf(event), words.run(event, text, found), source));
        runs.put(connector, new Run(what, lines.size() - 1, text, found));
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
