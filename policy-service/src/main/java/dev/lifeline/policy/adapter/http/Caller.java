package dev.lifeline.policy.adapter.http;

import java.util.UUID;

/**
 * Who asks.
 *
 * @param auditor whether it is one who reads and changes nothing
 * @param tokenId tells apart programs that act for the same user, where they have tokens of their own
 */
record Caller(UUID userId, boolean auditor, String tokenId) {

    /** The attribute of an exchange that holds it. */
    static final String ATTRIBUTE = Caller.class.getName();
}
