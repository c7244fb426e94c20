package dev.lifeline.poller.application.polling;

import dev.lifeline.poller.application.Backoff;
import dev.lifeline.poller.application.Catalogue;
import dev.lifeline.poller.application.ConnectorKind;
import dev.lifeline.poller.application.Deadline;
import dev.lifeline.poller.application.EventLog;
import dev.lifeline.poller.application.Poll;
import dev.lifeline.poller.application.Provider;
import dev.lifeline.poller.application.Telemetry;
import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.poller.domain.classification.Verdict;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.connector.Conclusion;
import dev.lifeline.poller.domain.connector.Conclusion.Pace;
import dev.lifeline.poller.domain.grant.Grant;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one connector: act, publish, save. It publishes exactly one event, and saves what follows from it only after
 * the log has that event. A crash in between repeats the poll under a higher attempt; so does a log that is away.
 */
public final class PollConnector {

    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Connectors connectors;
    private final Grants grants;
    private final RefreshCredential credentials;
    private final Catalogue catalogue;
    private final EventLog log;
    private final Pacing pacing;
    private final DoubleSupplier random;
    private final Telemetry telemetry;

    /** @param random from 0 to below 1, for the random part of pauses */
    public PollConnector(
            Connectors connectors,
            Grants grants,
            RefreshCredential credentials,
            Catalogue catalogue,
            EventLog log,
            Pacing pacing,
            DoubleSupplier random,
            Telemetry telemetry) {
        this.connectors = connectors;
        this.grants = grants;
        this.credentials = credentials;
        this.catalogue = catalogue;
        this.log = log;
        this.pacing = pacing;
        this.random = random;
        this.telemetry = telemetry;
    }

    /**
     * Makes the attempt.
     *
     * @param lease until when the claim is ours
     * @return when the connector is due again, where the attempt was concluded and that is known
     */
    public Optional<Duration> attempt(Claim claim, Deadline lease) {
        return telemetry.attempt(claim, () -> make(claim, lease));
    }

    private Optional<Duration> make(Claim claim, Deadline lease) {
        try {
            return claim.announces() ? conclude(claim, Conclusion.announced(claim), lease) : read(claim, lease);
        } catch (UnavailableException e) {
            return abandon(claim, "unavailable");
        }
    }

    private Optional<Duration> read(Claim claim, Deadline lease) {
        try {
            return read(claim, kindOf(claim), lease);
        } catch (UnreadableCredentialException e) {
            return conclude(claim, pollFailed(claim, OwnVerdicts.credentialUnreadable()), lease);
        }
    }

    private ConnectorKind kindOf(Claim claim) {
        return catalogue
                .kind(claim.connector())
                .orElseThrow(() -> new IllegalStateException("claimed a connector that is not offered: " + claim));
    }

    private Optional<Duration> read(Claim claim, ConnectorKind kind, Deadline lease) {
        Optional<Provider> provider = providerOf(claim, kind);
        if (provider.isEmpty()) {
            return conclude(claim, pollFailed(claim, OwnVerdicts.providerNotOffered(claim.provider())), lease);
        }
        Set<String> missing = new HashSet<>(kind.scopes());
        missing.removeAll(claim.scopes());
        if (!missing.isEmpty()) {
            return conclude(claim, pollFailed(claim, OwnVerdicts.scopeNotGranted(missing)), lease);
        }
        Deadline calls = lease.minus(pacing.publishReserve());
        Poll api = provider.get().poll(kind.api()).orElseThrow();
        return read(claim, provider.get(), api, null, calls, lease);
    }

    /** The one that gave the credential, and no other: empty when this kind is read elsewhere since. */
    private Optional<Provider> providerOf(Claim claim, ConnectorKind kind) {
        return claim.provider().equals(kind.provider()) ? catalogue.provider(claim.provider()) : Optional.empty();
    }

    private Optional<Duration> read(
            Claim claim, Provider provider, Poll api, @Nullable Long rejected, Deadline calls, Deadline lease) {
        return switch (credentials.access(claim, rejected, provider.tokens(), calls)) {
            case Access.Usable usable -> {
                Grant grant = usable.grant();
                Duration within = calls.left(pacing.callTimeout());
                if (within.isZero()) {
                    yield abandon(claim, "out of time");
                }
                Poll.Outcome outcome = api.read(grant.credential().accessToken(), claim.cursor(), within);
                boolean mayBeMended = rejected == null && unauthorized(outcome);
                yield mayBeMended
                        ? read(claim, provider, api, grant.credentialVersion(), calls, lease)
                        : conclude(claim, conclusion(claim, outcome), lease);
            }
            case Access.Refused refused -> refreshFailed(claim, refused, lease);
            case Access.Overtaken overtaken -> abandon(claim, "overtaken", Duration.ZERO);
            case Access.Busy busy -> abandon(claim, "refresh busy");
        };
    }

    private static boolean unauthorized(Poll.Outcome outcome) {
        return outcome instanceof Poll.Outcome.Refused refused && refused.unauthorized();
    }

    private Conclusion conclusion(Claim claim, Poll.Outcome outcome) {
        return switch (outcome) {
            case Poll.Outcome.Read read -> Conclusion.read(claim, read.itemsFound(), read.cursor(), pace());
            case Poll.Outcome.Refused refused -> pollFailed(claim, refused.verdict());
        };
    }

    private Optional<Duration> refreshFailed(Claim claim, Access.Refused refused, Deadline lease) {
        try {
            long version = refused.turn().version();
            return conclude(claim, Conclusion.refreshFailed(claim, refused.verdict(), version, pace()), lease);
        } finally {
            grants.endTurn(refused.turn(), refused.inDoubt());
        }
    }

    private Conclusion pollFailed(Claim claim, Verdict verdict) {
        return Conclusion.pollFailed(claim, verdict, pace());
    }

    private Pace pace() {
        return new Pace(pacing.pollInterval(), random.getAsDouble());
    }

    private Optional<Duration> conclude(Claim claim, Conclusion conclusion, Deadline lease) {
        log.publish(conclusion.event());
        boolean saved = untilEnd(lease, () -> connectors.conclude(claim, conclusion));
        telemetry.concluded(claim, conclusion, saved);
        return Optional.ofNullable(conclusion.next());
    }

    /** The event is out: what follows from it is saved if it can be, or the poll has to be made again. */
    private static <T> T untilEnd(Deadline lease, Supplier<T> save) {
        Backoff wait = new Backoff(FIRST_WAIT, LONGEST_WAIT);
        while (true) {
            try {
                return save.get();
            } catch (UnavailableException e) {
                if (!wait.await(lease)) {
                    throw e;
                }
            }
        }
    }

    private Optional<Duration> abandon(Claim claim, String why) {
        return abandon(claim, why, soon());
    }

    /** Nothing was found out, and the connector's next outcome is expected within its grace: not a whole interval. */
    private Duration soon() {
        Duration most = pacing.pollInterval().compareTo(LONGEST_WAIT) < 0 ? pacing.pollInterval() : LONGEST_WAIT;
        return Duration.ofMillis(Math.round(most.toMillis() * (1 - random.getAsDouble() / 2)));
    }

    private Optional<Duration> abandon(Claim claim, String why, Duration pause) {
        telemetry.abandoned(claim, why);
        try {
            connectors.giveBack(claim, pause);
        } catch (UnavailableException e) {
            // The lease gives it back when it ends.
            telemetry.abandoned(claim, "store unavailable");
        }
        return Optional.empty();
    }
}
