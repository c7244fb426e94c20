package dev.lifeline.events;

import java.util.UUID;

/** Whom that concerns which the operator decides for everybody: no user, but addressed like one. */
public final class Operator {

    /** Stands for the operator where a message names a user; decides the partition. */
    public static final UUID ID = new UUID(0, 0);

    /** The key of the operator's records. */
    public static final String KEY = "operator";

    private Operator() {}

    /** The key of what concerns that user, or everybody. */
    static String keyOf(UUID userId) {
        return userId.equals(ID) ? KEY : userId.toString();
    }
}
