package dev.lifeline.standalone.audit;

import dev.lifeline.events.SourcePosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as a person would tell it.
 *
 * @param at by the broker's clock; of what time alone did, when it did
 * @param until when it last happened, where it happened several times in a row; else absent
 * @param times how often it happened in a row
 * @param kind the type of the event, or {@code screen} for what the screen said then, or {@code stale}
 * @param text a sentence or two
 * @param source the record that says so, or that time has passed since; of several the first
 */
record Line(Instant at, @Nullable Instant until, int times, String kind, String text, SourcePosition source) {

    static final String SCREEN = "screen";
    static final String STALE = "stale";

    Line(Instant at, String kind, String text, SourcePosition source) {
        this(at, null, 1, kind, text, source);
    }

    /** The same, once more. */
    Line again(Instant time, String told) {
        return new Line(at, time, times + 1, kind, told, source);
    }
}
