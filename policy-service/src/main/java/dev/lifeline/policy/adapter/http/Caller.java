package dev.lifeline.policy.adapter.http;

import java.util.UUID;

/**
 * Who asks.
 *
 * @param auditor whether it is one who reads and changes nothing
 */
record Caller(UUID userId, boolean auditor) {

    /** The attribute of an exchange that holds it. */
    static final String ATTRIBUTE = Caller.class.getName();
}
