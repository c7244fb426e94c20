package dev.lifeline.query.application;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

/**
 * One open stream. A reader that is slow misses what is out of date by the time it reads again: at most one update waits.
 * All methods are called from the loop of {@link LiveBanners} alone.
 */
final class LiveStream {

    /** How many seconds there are between two signs of life. */
    static final int SECONDS_BETWEEN_SIGNS = 15;

    private static final LiveItem STILL_HERE = new LiveItem.StillHere();

    private final Viewer viewer;
    private final FluxSink<LiveItem> sink;
    private @Nullable LiveItem waiting;
    private int seconds;

    LiveStream(Viewer viewer, FluxSink<LiveItem> sink) {
        this.viewer = viewer;
        this.sink = sink;
    }

    Viewer viewer() {
        return viewer;
    }

    void offer(LiveItem.Update update) {
        waiting = update;
        drain();
    }

    /** Of little news beside an update that still waits: whoever gets that looks again as well. */
    void offer(LiveItem.Changed changed) {
        if (waiting == null) {
            waiting = changed;
            drain();
        }
    }

    void drain() {
        LiveItem next = waiting;
        if (next != null && sink.requestedFromDownstream() > 0) {
            waiting = null;
            sink.next(next);
        }
    }

    void second() {
        drain();
        if (++seconds % SECONDS_BETWEEN_SIGNS == 0 && sink.requestedFromDownstream() > 0) {
            sink.next(STILL_HERE);
        }
    }

    void end() {
        sink.complete();
    }
}
