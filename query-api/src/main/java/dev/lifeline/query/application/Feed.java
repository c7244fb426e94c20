package dev.lifeline.query.application;

import dev.lifeline.query.domain.Banner;
import dev.lifeline.query.domain.ConnectorHealth;
import dev.lifeline.query.domain.Pauses;
import dev.lifeline.query.domain.Reading;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all open streams of one user share: the rows last read, and the banners last shown. Confined to the loop of
 * {@link LiveBanners}.
 */
final class Feed {

    /** A connection that comes back within this many ticks goes unmentioned. */
    private static final int TICKS_OF_GRACE = 2;

    private static final LiveItem.Changed CHANGED = new LiveItem.Changed();

    private final Set<LiveStream> streams = new LinkedHashSet<>();
    private List<ConnectorHealth> rows = List.of();
    private Pauses pauses = Pauses.NONE;
    private @Nullable Instant asOf;
    private boolean believed;
    private int ticksOfDoubt;
    private @Nullable List<Banner> shown;
    private int told;
    private boolean somethingElse;

    void add(LiveStream stream) {
        streams.add(stream);
        if (shown != null) {
            stream.offer(new LiveItem.Update(asOf, shown));
        }
    }

    void remove(LiveStream stream) {
        streams.remove(stream);
    }

    Set<LiveStream> streams() {
        return Set.copyOf(streams);
    }

    boolean unwatched() {
        return streams.isEmpty();
    }

    /** There has been a change, of what is read here or of something else. */
    void told() {
        told++;
    }

    void read(List<ConnectorHealth> newRows, Pauses newPauses) {
        // A poll accounts for one change that was told, and for none that was not.
        boolean unaccounted = told > 1 || !believed;
        somethingElse = unaccounted || rows.equals(newRows) || !conditions(rows).equals(conditions(newRows));
        told = 0;
        rows = newRows;
        pauses = newPauses;
        believed = true;
        ticksOfDoubt = 0;
    }

    /** Something may have changed unseen: the rows are to be read again. */
    void doubt() {
        believed = false;
    }

    void tick() {
        if (!believed) {
            ticksOfDoubt++;
        }
        streams.forEach(LiveStream::second);
    }

    /** What is known, as of the projector's last heartbeat; what is doubted stays as of when it was not. */
    Reading reading(@Nullable Instant heartbeat) {
        if (believed) {
            asOf = heartbeat;
        }
        return new Reading(rows, asOf, believed, pauses);
    }

    /** Whether there is something to say: what is known, or, after a while, that nothing is. */
    boolean speaks() {
        return believed || ticksOfDoubt >= TICKS_OF_GRACE;
    }

    void show(List<Banner> banners) {
        if (!banners.equals(shown)) {
            shown = banners;
            LiveItem.Update update = new LiveItem.Update(asOf, banners);
            streams.forEach(stream -> stream.offer(update));
        } else if (somethingElse) {
            streams.forEach(stream -> stream.offer(CHANGED));
        }
        somethingElse = false;
    }

    /** What of the rows is looked at, but for times: a poll that found all well is no news. */
    private static List<Object> conditions(List<ConnectorHealth> rows) {
        return rows.stream()
                .<Object>map(row -> List.of(row.name(), row.condition(), String.valueOf(row.errorCode())))
                .toList();
    }
}
