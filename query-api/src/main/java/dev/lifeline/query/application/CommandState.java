package dev.lifeline.query.application;

import org.jspecify.annotations.Nullable;

/** What became of a command. */
public sealed interface CommandState {

    String wireName();

    /** Why, where somebody should know. */
    default @Nullable String why() {
        return null;
    }

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

    /** Refused by whoever was to carry it out. */
    record Rejected(@Nullable String reason) implements CommandState {
        @Override
        public String wireName() {
            return "rejected";
        }

        @Override
        public @Nullable String why() {
            return reason;
        }
    }
}
