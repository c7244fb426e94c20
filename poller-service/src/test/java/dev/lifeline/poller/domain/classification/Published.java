package dev.lifeline.poller.domain.classification;

import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.poller.domain.connector.Breaker;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.connector.Conclusion;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** Refusals as they are published. */
public final class Published {

    private Published() {}

    /** The event of a refusal by a provider of that id. */
    public static OAuthRefreshFailed refusal(UUID userId, String provider, Verdict verdict) {
        Claim claim = new Claim(
                userId,
                "mail",
                provider,
                new UUID(0, 2),
                1,
                1,
                true,
                7,
                Set.of(),
                "alice@example.org",
                null,
                Breaker.CLOSED,
                false,
                Duration.ZERO);
        Conclusion.Pace pace = new Conclusion.Pace(Duration.ofSeconds(5), 0);
        return (OAuthRefreshFailed)
                Conclusion.refreshFailed(claim, verdict, 1, pace).event();
    }

    static OAuthRefreshFailed refusal(Verdict verdict) {
        return refusal(new UUID(0, 1), "a-provider", verdict);
    }

    /** What the token endpoint's answer of that body means by the rules in force. */
    public static Verdict verdict(ProviderKind kind, int status, String body) {
        return Answers.refused(Answers.json(kind, status, body));
    }

    /** The same event as a writer wrote it that did not know of the kind and the numbers. */
    public static OAuthRefreshFailed older(OAuthRefreshFailed e, String rulesVersion) {
        return new OAuthRefreshFailed(
                e.userId(),
                e.connectorName(),
                e.provider(),
                e.grantId(),
                e.generation(),
                e.attempt(),
                e.consecutiveFailures(),
                e.nextPollIn(),
                e.failureClass(),
                e.errorCode(),
                e.permanent(),
                e.rule(),
                rulesVersion,
                e.httpStatus(),
                e.error(),
                e.errorSubtype(),
                e.description(),
                null,
                null);
    }

    static Verdict withoutRetryAfter(Verdict v) {
        return new Verdict(
                v.failureClass(),
                v.errorCode(),
                null,
                v.rule(),
                v.why(),
                v.rulesVersion(),
                v.httpStatus(),
                v.error(),
                v.errorSubtype(),
                v.description(),
                v.kind(),
                v.aadsts());
    }
}
