package dev.lifeline.poller.scene;

import dev.lifeline.poller.application.polling.Connectors;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.connector.Conclusion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A schedule, but that something happens between an event and what is saved after it. */
public record BeforeSaving(Connectors connectors, Runnable happens) implements Connectors {

    @Override
    public List<Claim> claimDue(String connector, int most, Duration lease) {
        return connectors.claimDue(connector, most, lease);
    }

    @Override
    public Optional<Duration> untilNextDue(String connector) {
        return connectors.untilNextDue(connector);
    }

    @Override
    public int makeDueAfterClockWasSetBack(String connector) {
        return connectors.makeDueAfterClockWasSetBack(connector);
    }

    @Override
    public boolean conclude(Claim claim, Conclusion conclusion) {
        happens.run();
        return connectors.conclude(claim, conclusion);
    }

    @Override
    public void giveBack(Claim claim, Duration pause) {
        connectors.giveBack(claim, pause);
    }
}
