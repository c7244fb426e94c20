package dev.lifeline.query.application;

import org.jspecify.annotations.Nullable;

/** What became of a command. */
public sealed interface CommandState {

    String wireName();

    /** Asked for, and not yet seen in the read model. */
    record Pending() implements CommandState {
        @Override
        public String wireName() {
            return "pending";
        }
    }

    /** Carried out, and visible in the read model. */
    record Done() implements CommandState {
        @Override
        public String wireName() {
            return "done";
        }
    }

    /**
     * Refused by whoever was to carry it out.
     *
     * @param code why, short, for programs; absent where none was given
     * @param reason why, in a sentence
     */
    record Rejected(@Nullable String code, @Nullable String reason) implements CommandState {
        @Override
        public String wireName() {
            return "rejected";
        }
    }
}
