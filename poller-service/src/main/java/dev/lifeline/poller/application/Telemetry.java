package dev.lifeline.poller.application;

import dev.lifeline.poller.domain.classification.Verdict;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.connector.Conclusion;
import java.util.function.Supplier;

/** What operators are told about. */
public interface Telemetry {

    /** Makes an attempt, so long after the connector was due, as one trace: what it publishes carries it on. */
    <T> T attempt(Claim claim, Supplier<T> work);

    /** An attempt's event is in the log; {@code saved} is false when a later attempt had overtaken it. */
    void concluded(Claim claim, Conclusion conclusion, boolean saved);

    /** An attempt ended without an event, and why: the log or the store was away, or somebody else was faster. */
    void abandoned(Claim claim, String why);

    /** An access token was renewed. */
    void refreshed(String provider);

    /** A token endpoint refused to renew one. */
    void refreshRefused(String provider, Verdict verdict);

    /** A person came back from consent, and what came of it. */
    void consent(String provider, String result);

    /** A provider refuses us, not a person: somebody has to put that right. */
    void operatorFault(String provider, String code);
}
