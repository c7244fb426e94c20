package dev.lifeline.policy.adapter.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were found good a moment ago, so that an agent's next requests need not have theirs verified again: a signature
 * costs as much as the rest of a request. None is known for longer than it is valid, nor longer than a minute, for the issuer
 * may have withdrawn the key.
 *
 * <p>Thread-safe.
 */
final class KnownTokens {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private record Known(Caller caller, Instant until) {}

    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    KnownTokens(Clock clock) {
        this.clock = clock;
    }

    synchronized Optional<Caller> callerBy(String token) {
        Known found = known.get(token);
        return found != null && clock.instant().isBefore(found.until())
                ? Optional.of(found.caller())
                : Optional.empty();
    }

    /** @param expiry absent when the token does not end by itself */
    synchronized void add(String token, Caller caller, @Nullable Instant expiry) {
        Instant latest = clock.instant().plus(LONGEST);
        known.put(token, new Known(caller, expiry != null && expiry.isBefore(latest) ? expiry : latest));
    }
}
