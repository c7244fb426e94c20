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
import java.util.Optional;
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
                ? new ConnectorReauthorized(
                        claim.userId(),
                        claim.connector(),
                        claim.provider(),
                        claim.grantId(),
                        claim.generation(),
                        claim.attempt(),
                        0,
                        Duration.ZERO,
                        claim.account())
                : new ConnectorConnected(
                        claim.userId(),
                        claim.connector(),
                        claim.provider(),
                        claim.grantId(),
                        claim.generation(),
                        claim.attempt(),
                        0,
                        Duration.ZERO,
                        claim.account());
        return new Conclusion(event, Breaker.CLOSED, Duration.ZERO, claim.cursor(), null, null);
    }

    /** The provider was read. */
    public static Conclusion read(Claim claim, long itemsFound, String cursor, Pace pace) {
        Duration next = pace.next();
        ConnectorPolled event = new ConnectorPolled(
                claim.userId(),
                claim.connector(),
                claim.provider(),
                claim.grantId(),
                claim.generation(),
                claim.attempt(),
                0,
                next,
                itemsFound);
        return new Conclusion(event, Breaker.CLOSED, next, cursor, null, null);
    }

    /** The API did not let itself be read, or was not asked: concerns this connector alone. */
    public static Conclusion pollFailed(Claim claim, Verdict verdict, Pace pace) {
        Breaker breaker = claim.breaker().failed(verdict.failureClass());
        Optional<Duration> next = pause(breaker, verdict, pace);
        ConnectorPollFailed event = new ConnectorPollFailed(
                claim.userId(),
                claim.connector(),
                claim.provider(),
                claim.grantId(),
                claim.generation(),
                claim.attempt(),
                breaker.failures(),
                next.orElse(Duration.ZERO),
                verdict.failureClass(),
                verdict.errorCode(),
                verdict.rule(),
                verdict.rulesVersion(),
                verdict.httpStatus(),
                verdict.error(),
                verdict.description());
        return new Conclusion(event, breaker, next.orElse(null), claim.cursor(), failure(verdict), null);
    }

    /** The token endpoint refused that version of the credential. A refusal of class REAUTH is the death of the grant. */
    public static Conclusion refreshFailed(Claim claim, Verdict verdict, long credentialVersion, Pace pace) {
        Breaker breaker = claim.breaker().failed(verdict.failureClass());
        Optional<Duration> next = pause(breaker, verdict, pace);
        OAuthRefreshFailed event = new OAuthRefreshFailed(
                claim.userId(),
                claim.connector(),
                claim.provider(),
                claim.grantId(),
                claim.generation(),
                claim.attempt(),
                breaker.failures(),
                next.orElse(Duration.ZERO),
                verdict.failureClass(),
                verdict.errorCode(),
                verdict.permanent(),
                verdict.rule(),
                verdict.rulesVersion(),
                verdict.httpStatus(),
                verdict.error(),
                verdict.errorSubtype(),
                verdict.description());
        Long dead = verdict.failureClass() == FailureClass.REAUTH ? credentialVersion : null;
        return new Conclusion(event, breaker, next.orElse(null), claim.cursor(), failure(verdict), dead);
    }

    private static Optional<Duration> pause(Breaker breaker, Verdict verdict, Pace pace) {
        return breaker.pause(verdict.failureClass(), pace.pollInterval(), verdict.retryAfter(), pace.random());
    }

    private static Failure failure(Verdict verdict) {
        return new Failure(verdict.failureClass(), verdict.errorCode());
    }
}
