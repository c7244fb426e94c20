package dev.lifeline.poller.domain.connector;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorPollFailed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorReauthorized;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.domain.classification.Verdict;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to: the one event that says so, and what is saved once that is published.
 *
 * @param event published first
 * @param breaker its state from now on
 * @param next when the connector is due again, counted from saving; absent: not before a new consent
 * @param cursor where to read on
 * @param failure why it failed; absent when it did not
 * @param deadVersion the version of the credential with which the grant died; absent when it did not
 */
public record Conclusion(
        ConnectorEvent.Claimed event,
        Breaker breaker,
        @Nullable Duration next,
        @Nullable String cursor,
        @Nullable Failure failure,
        @Nullable Long deadVersion) {

    /** The class and code of a failure. */
    public record Failure(FailureClass failureClass, String errorCode) {}

    /** How often to poll, and the random part of a pause, from 0 to below 1. */
    public record Pace(Duration pollInterval, double random) {

        /** Until the next poll after a success: a little less than the interval, so that what began together drifts apart. */
        Duration next() {
            long jitter = Math.round(pollInterval.toMillis() * Breaker.JITTER * random);
            return pollInterval.minusMillis(jitter);
        }
    }

    /** Consent was given: publishes that, and leaves the connector due. */
    public static Conclusion announced(Claim claim) {
        ConnectorEvent.Claimed event = claim.introduced()
                ? claim.event(ConnectorReauthorized::new, 0, Duration.ZERO, claim.account())
                : claim.event(ConnectorConnected::new, 0, Duration.ZERO, claim.account());
        return new Conclusion(event, Breaker.CLOSED, Duration.ZERO, claim.cursor(), null, null);
    }

    /** The provider was read. */
    public static Conclusion read(Claim claim, long itemsFound, String cursor, Pace pace) {
        Duration next = pace.next();
        ConnectorEvent.Claimed event = claim.event(ConnectorPolled::new, 0, next, itemsFound);
        return new Conclusion(event, Breaker.CLOSED, next, cursor, null, null);
    }

    /** The API did not let itself be read, or was not asked: concerns this connector alone. */
    public static Conclusion pollFailed(Claim claim, Verdict verdict, Pace pace) {
        return failed(
                claim,
                verdict,
                pace,
                null,
                (user, connector, provider, grant, generation, attempt, failures, next, it) -> new ConnectorPollFailed(
                        user,
                        connector,
                        provider,
                        grant,
                        generation,
                        attempt,
                        failures,
                        next,
                        it.failureClass(),
                        it.errorCode(),
                        it.rule(),
                        it.rulesVersion(),
                        it.httpStatus(),
                        it.error(),
                        it.description()));
    }

    /** The token endpoint refused that version of the credential. A refusal of class REAUTH is the death of the grant. */
    public static Conclusion refreshFailed(Claim claim, Verdict verdict, long credentialVersion, Pace pace) {
        Long dead = verdict.failureClass() == FailureClass.REAUTH ? credentialVersion : null;
        return failed(
                claim,
                verdict,
                pace,
                dead,
                (user, connector, provider, grant, generation, attempt, failures, next, it) -> new OAuthRefreshFailed(
                        user,
                        connector,
                        provider,
                        grant,
                        generation,
                        attempt,
                        failures,
                        next,
                        it.failureClass(),
                        it.errorCode(),
                        it.permanent(),
                        it.rule(),
                        it.rulesVersion(),
                        it.httpStatus(),
                        it.error(),
                        it.errorSubtype(),
                        it.description(),
                        it.kind() == null ? null : it.kind().wireName(),
                        it.aadsts()));
    }

    private static Conclusion failed(
            Claim claim,
            Verdict verdict,
            Pace pace,
            @Nullable Long deadVersion,
            Claim.Type<Verdict, ConnectorEvent.Failed> type) {
        Breaker breaker = claim.breaker().failed(verdict.failureClass());
        Duration next = breaker.pause(verdict.failureClass(), pace.pollInterval(), verdict.retryAfter(), pace.random())
                .orElse(null);
        ConnectorEvent.Claimed event =
                claim.event(type, breaker.failures(), Objects.requireNonNullElse(next, Duration.ZERO), verdict);
        Failure failure = new Failure(verdict.failureClass(), verdict.errorCode());
        return new Conclusion(event, breaker, next, claim.cursor(), failure, deadVersion);
    }
}
