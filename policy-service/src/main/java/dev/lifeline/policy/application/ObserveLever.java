package dev.lifeline.policy.application;

import dev.lifeline.events.AutonomyEvent;
import java.time.Instant;
import java.util.Optional;

/** Shows people whether the environment of any instance withholds everything. */
public final class ObserveLever {

    private final boolean ownPulled;

    /** @param ownPulled whether this instance's own is; it knows that of itself however long it was not heard of */
    public ObserveLever(boolean ownPulled) {
        this.ownPulled = ownPulled;
    }

    /** What is to be told, when it has changed. */
    public Optional<AutonomyEvent> observe(Ledger ledger, Instant at) {
        // Looked at without holding first: nearly always nothing has changed.
        if (!PauseCommands.leverMoved(ledger, pulled(ledger))) {
            return Optional.empty();
        }
        ledger.holdEverything();
        return PauseCommands.observeLever(ledger, pulled(ledger), at);
    }

    private boolean pulled(Ledger ledger) {
        return ownPulled || ledger.leverPulledAnywhere();
    }
}
