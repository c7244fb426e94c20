package dev.lifeline.standalone.store;

import java.util.Locale;

/** Who reaches the stores: each service as itself, so that each can be granted what it needs and no more. */
public enum Identity {
    ADMIN,
    POLLER,
    PROJECTOR,
    POLICY,
    QUERY;

    /** The user name at Kafka. */
    public String userName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
