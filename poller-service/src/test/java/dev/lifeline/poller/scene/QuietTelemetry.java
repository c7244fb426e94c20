package dev.lifeline.poller.scene;

import dev.lifeline.poller.application.Telemetry;
import dev.lifeline.poller.domain.classification.Verdict;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.connector.Conclusion;
import java.util.function.Supplier;

/** Tells nobody. */
public final class QuietTelemetry implements Telemetry {

    @Override
    public <T> T attempt(Claim claim, Supplier<T> work) {
        return work.get();
    }

    @Override
    public void concluded(Claim claim, Conclusion conclusion, boolean saved) {}

    @Override
    public void abandoned(Claim claim, String why) {}

    @Override
    public void refreshed(String provider) {}

    @Override
    public void refreshRefused(String provider, Verdict verdict) {}

    @Override
    public void consent(String provider, String result) {}

    @Override
    public void operatorFault(String provider, String code) {}
}
