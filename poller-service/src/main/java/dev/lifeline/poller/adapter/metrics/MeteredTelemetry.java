package dev.lifeline.poller.adapter.metrics;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Telemetry;
import dev.lifeline.poller.domain.classification.Verdict;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.connector.Conclusion;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what operators watch, and warns where they have to act:
 *
 * <ul>
 *   <li>{@code lifeline.poller.lag}: how long after its due time a connector is claimed
 *   <li>{@code lifeline.poller.attempt}: how long an attempt takes, by connector
 *   <li>{@code lifeline.poller.polls}: attempts by connector and outcome: {@code ok}, {@code announced}, a failure class, or
 *       {@code overtaken}, {@code abandoned}
 *   <li>{@code lifeline.poller.breaker.opened}: breakers that opened
 *   <li>{@code lifeline.poller.refreshes}: by provider and result
 *   <li>{@code lifeline.poller.operator.faults}: refusals that the operator has to mend, by provider and code; the alert
 *   <li>{@code lifeline.poller.consents}: by provider and result
 * </ul>
 */
public final class MeteredTelemetry implements Telemetry {

    private static final Logger LOG = LoggerFactory.getLogger(MeteredTelemetry.class);
    private static final Duration WARNED = Duration.ofMinutes(5);

    /** A quantile above the last bound is given as that bound, so it lies well above what the alert calls late. */
    private static final Duration LATEST_TOLD_APART = Duration.ofMinutes(10);

    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final Clock clock;
    private final Map<String, Instant> warnings = new ConcurrentHashMap<>();

    public MeteredTelemetry(MeterRegistry meters, ObservationRegistry observations, Clock clock) {
        this.meters = meters;
        this.observations = observations;
        this.clock = clock;
    }

    @Override
    public <T> T attempt(Claim claim, Supplier<T> work) {
        Timer.builder("lifeline.poller.lag")
                .description("From the time at which a connector was due until it was claimed")
                .publishPercentileHistogram()
                .maximumExpectedValue(LATEST_TOLD_APART)
                .tag("connector", claim.connector())
                .register(meters)
                .record(claim.lateness());
        return Observation.createNotStarted("lifeline.poller.attempt", observations)
                .contextualName("poll " + claim.connector())
                .lowCardinalityKeyValue("connector", claim.connector())
                .observe(work);
    }

    @Override
    public void concluded(Claim claim, Conclusion conclusion, boolean saved) {
        count(claim, saved ? outcome(claim, conclusion) : "overtaken");
        if (!claim.breaker().isOpen() && conclusion.breaker().isOpen()) {
            meters.counter("lifeline.poller.breaker.opened", "connector", claim.connector())
                    .increment();
        }
        Conclusion.Failure failure = conclusion.failure();
        if (failure != null && failure.failureClass() == FailureClass.CONFIG) {
            operatorFault(claim.provider(), failure.errorCode());
        }
    }

    @Override
    public void abandoned(Claim claim, String why) {
        count(claim, "abandoned");
        LOG.debug("{} was abandoned: {}", claim, why);
    }

    @Override
    public void refreshed(String provider) {
        meters.counter("lifeline.poller.refreshes", "provider", provider, "result", "granted")
                .increment();
    }

    @Override
    public void refreshRefused(String provider, Verdict verdict) {
        meters.counter("lifeline.poller.refreshes", "provider", provider, "result", name(verdict.failureClass()))
                .increment();
    }

    @Override
    public void consent(String provider, String result) {
        meters.counter("lifeline.poller.consents", "provider", provider, "result", result)
                .increment();
    }

    private void count(Claim claim, String outcome) {
        meters.counter("lifeline.poller.polls", "connector", claim.connector(), "outcome", outcome)
                .increment();
    }

    /** One fault meets every connector of a provider; one line every few minutes says as much as thousands. */
    @Override
    public void operatorFault(String provider, String code) {
        meters.counter("lifeline.poller.operator.faults", "provider", provider, "code", code)
                .increment();
        Instant now = clock.instant();
        Instant warned = warnings.merge(
                provider + " " + code, now, (last, next) -> last.plus(WARNED).isBefore(next) ? next : last);
        if (warned.equals(now)) {
            LOG.warn(
                    "Provider {} refuses us with {}: its client, project or our keyset has to be put right; users see no"
                            + " reconnect",
                    provider,
                    code);
        }
    }

    private static String outcome(Claim claim, Conclusion conclusion) {
        Conclusion.Failure failure = conclusion.failure();
        if (failure != null) {
            return name(failure.failureClass());
        }
        return claim.announces() ? "announced" : "ok";
    }

    private static String name(FailureClass failureClass) {
        return failureClass.name().toLowerCase(Locale.ROOT);
    }
}
