package dev.lifeline.standalone.audit;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.query.domain.Banner;
import dev.lifeline.query.domain.Banners;
import dev.lifeline.query.domain.Catalogue;
import dev.lifeline.query.domain.Reading;
import dev.lifeline.runtime.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user's history, told from the records of the log in the order of their time. What the screen said is composed by the
 * same function as on the screen, as for a projector that keeps up: when one lagged, no record tells.
 *
 * <p>Memory grows with what is told and not with what was read: what happens again and again is one line.
 */
final class Tale {

    private final Banners banners;
    private final ConnectorTale connectors;
    private final AutonomyTale autonomy;
    private final ActionTale actions = new ActionTale();
    private final List<Line> lines = new ArrayList<>();
    private List<Banner> screen = List.of();
    private @Nullable Look toLook;

    Tale(UUID userId, Extent extent, ConnectorFold fold, Banners banners, Catalogue catalogue) {
        this.banners = banners;
        this.connectors = new ConnectorTale(extent, fold, banners.patience(), catalogue, lines);
        this.autonomy = new AutonomyTale(userId, extent);
    }

    /** A look at the screen once all is told that happened at a time, so that nobody saw what stood for no time at all. */
    private record Look(Instant at, SourcePosition source) {}

    /** Goes on with the next record; none may be older than one before. */
    void hear(Received<? extends Message> received) {
        passTimeTo(received.time());
        switch (received.message()) {
            case ConnectorEvent event -> connectors.hear(event, received.time(), received.at());
            case AutonomyEvent event -> autonomy.hear(event, received.time()).ifPresent(text -> tell(received, text));
            case ActionEvent event -> {
                if (event instanceof ActionDecided decided) {
                    autonomy.hear(decided.circumstances());
                }
                actions.hear(event, autonomy.settings()).ifPresent(text -> tell(received, text));
            }
            default -> throw new IllegalArgumentException("of no history: " + Codec.typeOf(received.message()));
        }
        toLook = new Look(received.time(), received.at());
    }

    /** Lets time pass that brings no record: connectors become overdue, and patience with them ends. */
    void passTimeTo(Instant time) {
        if (toLook != null && toLook.at().isBefore(time)) {
            look(toLook);
        }
        for (Optional<ConnectorTale.Wake> next = connectors.wake(time);
                next.isPresent();
                next = connectors.wake(time)) {
            connectors.wakeUp(next.get());
            look(new Look(next.get().at(), next.get().source()));
        }
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** How everything is at the time that has been reached, or a later one. */
    Moment at(Instant time) {
        passTimeTo(time);
        if (toLook != null) {
            look(toLook);
        }
        return new Moment(
                time,
                connectors.rows(),
                autonomy.pauses(),
                autonomy.settings(),
                autonomy.policies(),
                autonomy.unknown(),
                autonomy.older(),
                actions.waiting(),
                actions.spentOn(time, autonomy.settings()),
                banners.compose(reading(time), time));
    }

    private void tell(Received<? extends Message> received, String text) {
        lines.add(new Line(received.time(), Codec.typeOf(received.message()), text, received.at()));
    }

    private void look(Look look) {
        toLook = null;
        Instant time = look.at();
        SourcePosition source = look.source();
        List<Banner> now = banners.compose(reading(time), time);
        for (Banner gone : without(screen, now)) {
            if (now.stream().noneMatch(other -> other.id().equals(gone.id()))) {
                lines.add(new Line(time, Line.SCREEN, "The banner \u201c" + gone.text() + "\u201d went.", source));
            }
        }
        for (Banner shown : without(now, screen)) {
            lines.add(new Line(
                    time,
                    Line.SCREEN,
                    "The screen said, " + shown.kind().severity().wireName() + ": \u201c" + shown.text() + " "
                            + shown.detail() + "\u201d",
                    source));
        }
        screen = now;
    }

    /** Those that say something else than any of the others; since when is not something they say. */
    private static List<Banner> without(List<Banner> all, List<Banner> others) {
        return all.stream()
                .filter(banner -> others.stream().noneMatch(other -> saysTheSame(banner, other)))
                .toList();
    }

    private static boolean saysTheSame(Banner one, Banner other) {
        return one.id().equals(other.id())
                && one.text().equals(other.text())
                && one.detail().equals(other.detail());
    }

    private Reading reading(Instant time) {
        return new Reading(connectors.rows(), time, true, autonomy.pauses());
    }
}
