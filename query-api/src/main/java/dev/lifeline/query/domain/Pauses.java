package dev.lifeline.query.domain;

import dev.lifeline.events.PauseScope;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds back what would be done by itself for a user.
 *
 * @param own the user's own pause; absent while he has not paused
 * @param operator the operator's pauses that are in force, the earliest first
 * @param withheldSince since when everything is held back because a command could not be read, which may have been a pause;
 *     absent while all could be read
 */
public record Pauses(
        @Nullable Pause own, List<Pause> operator, @Nullable Instant withheldSince) {

    public static final Pauses NONE = new Pauses(null, List.of(), null);

    public Pauses {
        operator = operator.stream().sorted(Comparator.comparing(Pause::at)).toList();
    }

    /**
     * One of them.
     *
     * @param at since when
     * @param reason in the words of whoever paused; absent when nothing was said
     * @param version to lift it one has to name it
     */
    public record Pause(
            PauseScope scope, Instant at, @Nullable String reason, long version) {

        /** Whether it holds back all, and not only a part. */
        public boolean ofEverything() {
            return switch (scope.kind()) {
                case EVERYTHING, ENVIRONMENT -> true;
                case DOMAIN, CONNECTOR, ACTION_TYPE -> false;
            };
        }
    }

    /** Whether the operator holds back all. */
    public boolean global() {
        return operator.stream().anyMatch(Pause::ofEverything);
    }

    /** In the words of whoever holds back all, the operator's first; absent where nothing was said, or nobody does. */
    public @Nullable String reason() {
        if (global()) {
            return operatorReason(true).orElse(null);
        }
        return own == null ? null : own.reason();
    }

    /** What the operator said. */
    Optional<String> operatorReason(boolean ofEverything) {
        return operator.stream()
                .filter(pause -> pause.ofEverything() == ofEverything)
                .flatMap(pause -> Optional.ofNullable(pause.reason()).stream())
                .findFirst();
    }
}
