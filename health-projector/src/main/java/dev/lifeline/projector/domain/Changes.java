package dev.lifeline.projector.domain;

import dev.lifeline.events.Condition;
import dev.lifeline.events.ConnectorEvent.Claimed;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorDisabled;
import dev.lifeline.events.ConnectorEvent.ConnectorEnabled;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorReauthorized;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.events.ConnectorEvent.Consented;
import dev.lifeline.events.ConnectorEvent.Failed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what one fact changes, and how it is told. */
final class Changes {

    private final Transitions transitions;
    private final Fact fact;
    private final List<Change> all = new ArrayList<>(1);
    private int caused;

    Changes(Transitions transitions, Fact fact) {
        this.transitions = transitions;
        this.fact = fact;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<Change> all() {
        return all;
    }

    /** A connector is there that was not, or was hidden. */
    void begin(@Nullable ConnectorHealth hidden, Consented event, @Nullable Verdict death) {
        add(hidden, transitions.begun(hidden, event, death, fact), consentKind(event), true);
    }

    void whileHidden(ConnectorHealth hidden, Claimed event) {
        add(hidden, transitions.whileHidden(hidden, event, fact), null, false);
    }

    void outcome(ConnectorHealth now, Claimed event, @Nullable Verdict death) {
        ConnectorHealth before = notingStaleness(now);
        ConnectorHealth after = transitions.outcome(before, event, death, fact);
        boolean stillWell = event instanceof ConnectorPolled
                && before.condition() == Condition.OK
                && after.condition() == Condition.OK;
        add(before, after, kind(before, after, event), !stillWell);
    }

    /** What happened to a grant happens to a connector on it; nothing, where that was known. */
    void strike(ConnectorHealth now, long generation, Happening blow) {
        if (!transitions.isNews(now, generation, blow)) {
            return;
        }
        ConnectorHealth before = notingStaleness(now);
        ConnectorHealth after = transitions.struck(before, generation, blow, fact);
        add(before, after, changed(before, after, Kind.CONDITION_CHANGED), true);
    }

    private ConnectorHealth notingStaleness(ConnectorHealth now) {
        if (!now.overdueAt(fact.time())) {
            return now;
        }
        Change staleness = transitions.staleness(now);
        all.add(staleness);
        return staleness.after();
    }

    private void add(@Nullable ConnectorHealth before, ConnectorHealth after, @Nullable Kind kind, boolean published) {
        all.add(new Change(before, after, kind, fact.time(), fact.at(), caused++, published));
    }

    private @Nullable Kind kind(ConnectorHealth before, ConnectorHealth after, Claimed event) {
        return switch (event) {
            case Consented consent ->
                transitions.isNewConsent(before, event)
                        ? consentKind(consent)
                        : changed(before, after, Kind.CONDITION_CHANGED);
            case ConnectorRemoved removed -> Kind.REMOVED;
            case ConnectorDisabled disabled -> changed(before, after, Kind.DISABLED);
            case ConnectorEnabled enabled ->
                before.condition() == Condition.DISABLED
                        ? Kind.ENABLED
                        : changed(before, after, Kind.CONDITION_CHANGED);
            case ConnectorPolled polled -> changed(before, after, Kind.CONDITION_CHANGED);
            case Failed failed -> changed(before, after, Kind.CONDITION_CHANGED);
        };
    }

    private static Kind consentKind(Consented event) {
        return switch (event) {
            case ConnectorConnected connected -> Kind.CONNECTED;
            case ConnectorReauthorized reauthorized -> Kind.REAUTHORIZED;
        };
    }

    private static @Nullable Kind changed(ConnectorHealth before, ConnectorHealth after, Kind kind) {
        return before.condition() == after.condition() ? null : kind;
    }
}
