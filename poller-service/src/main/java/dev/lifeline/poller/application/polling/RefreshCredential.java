package dev.lifeline.poller.application.polling;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Backoff;
import dev.lifeline.poller.application.Deadline;
import dev.lifeline.poller.application.Telemetry;
import dev.lifeline.poller.application.TokenEndpoint;
import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.poller.domain.classification.TokenOutcome;
import dev.lifeline.poller.domain.classification.Tokens;
import dev.lifeline.poller.domain.classification.Verdict;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.grant.Credential;
import dev.lifeline.poller.domain.grant.Grant;
import dev.lifeline.poller.domain.grant.RefreshTurn;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds an access token for a claim, renewing it when it has run out or was not accepted: one refresh at a time for a grant,
 * across threads and instances. Whoever comes second waits, and gets what the first one brought.
 *
 * <p>Fenced twice: the turn is a lease in the store, which a call never outlives, and a new credential is saved only over
 * the version that it was made from. A refusal of a version that has moved on meanwhile says nothing, and is discarded.
 */
public final class RefreshCredential {

    private static final Duration FIRST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(160);

    private final Grants grants;
    private final Pacing pacing;
    private final Telemetry telemetry;
    private final Clock clock;

    public RefreshCredential(Grants grants, Pacing pacing, Telemetry telemetry, Clock clock) {
        this.grants = grants;
        this.pacing = pacing;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /**
     * An access token for a claim.
     *
     * @param rejected the version of the credential whose access token was not accepted; null when none was tried yet
     * @param deadline until when; a refresh begins only where it has a whole call's time until then
     */
    public Access access(Claim claim, @Nullable Long rejected, TokenEndpoint endpoint, Deadline deadline) {
        Backoff wait = new Backoff(FIRST_WAIT, LONGEST_WAIT);
        do {
            Optional<Grant> found = grants.find(claim.grantId());
            if (found.isEmpty() || found.get().dead() || found.get().generation() != claim.generation()) {
                return new Access.Overtaken();
            }
            Grant grant = found.get();
            boolean untried = rejected == null || rejected != grant.credentialVersion();
            if (untried && grant.credential().usable(clock.instant())) {
                return new Access.Usable(grant);
            }
            Optional<Access> refreshed = grants.takeTurn(grant.id(), grant.credentialVersion(), pacing.lease())
                    .flatMap(turn -> refresh(turn, endpoint, deadline));
            if (refreshed.isPresent()) {
                return refreshed.get();
            }
        } while (wait.await(deadline));
        return new Access.Busy();
    }

    /** Empty when the credential has moved on meanwhile, whatever the answer was. */
    private Optional<Access> refresh(RefreshTurn turn, TokenEndpoint endpoint, Deadline deadline) {
        String refreshToken = turn.grant().credential().refreshToken();
        if (refreshToken == null) {
            return refused(turn, OwnVerdicts.noRefreshToken());
        }
        // What is cut off may have been carried out, and have spent the refresh token.
        if (deadline.left().compareTo(pacing.callTimeout()) < 0) {
            grants.endTurn(turn, turn.inDoubt());
            return Optional.of(new Access.Busy());
        }
        return switch (endpoint.refresh(refreshToken, pacing.callTimeout())) {
            case TokenOutcome.Granted granted -> granted(turn, granted.tokens());
            case TokenOutcome.Refused refused -> {
                telemetry.refreshRefused(turn.grant().provider(), refused.verdict());
                yield refused(turn, refused.verdict());
            }
        };
    }

    private Optional<Access> granted(RefreshTurn turn, Tokens tokens) {
        Credential old = turn.grant().credential();
        Credential renewed = old.refreshed(tokens, pacing.refreshMargin(), clock.instant());
        boolean rotated = !Objects.equals(old.refreshToken(), renewed.refreshToken());
        Optional<Access> saved = save(turn, renewed, rotated).map(Access.Usable::new);
        telemetry.refreshed(turn.grant().provider());
        return saved;
    }

    private Optional<Access> refused(RefreshTurn turn, Verdict verdict) {
        if (!grants.holds(turn)) {
            return Optional.empty();
        }
        boolean inDoubt = turn.inDoubt() || unanswered(verdict);
        boolean lost = turn.inDoubt() && turn.rotates() && verdict.failureClass() == FailureClass.REAUTH;
        return Optional.of(new Access.Refused(lost ? verdict.rotationLost() : verdict, turn, inDoubt));
    }

    /** A rotated refresh token must not be lost: while the turn lasts, it is tried again. */
    private Optional<Grant> save(RefreshTurn turn, Credential credential, boolean rotated) {
        Deadline end = Deadline.in(pacing.lease().minus(pacing.callTimeout()));
        Backoff wait = new Backoff(FIRST_WAIT, LONGEST_WAIT);
        while (true) {
            try {
                return grants.saveRefreshed(turn, credential, rotated);
            } catch (UnavailableException e) {
                if (!wait.await(end)) {
                    throw e;
                }
            }
        }
    }

    /** Whether the provider may have carried out what it was sent, although it did not say so. */
    private static boolean unanswered(Verdict verdict) {
        int status = verdict.httpStatus();
        return verdict.failureClass() == FailureClass.TRANSIENT && (status == 0 || status / 100 == 2 || status >= 500);
    }
}
