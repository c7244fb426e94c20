package dev.lifeline.projector.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one event comes to.
 *
 * @param changes in the order in which they are to be published; a connector may appear twice, when it had been overdue
 * @param answer to the command that caused the event
 * @param ignored why the event changed nothing
 */
public record Folded(
        List<Change> changes,
        @Nullable CommandAnswer answer,
        @Nullable Ignored ignored) {

    static Folded changing(List<Change> changes, @Nullable CommandAnswer answer) {
        return new Folded(changes, answer, null);
    }

    static Folded answering(CommandAnswer answer) {
        return new Folded(List.of(), answer, null);
    }

    static Folded ignoring(Ignored reason, @Nullable CommandAnswer answer) {
        return new Folded(List.of(), answer, reason);
    }
}
