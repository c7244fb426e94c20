package dev.lifeline.sandbox.fault;

import dev.lifeline.sandbox.consent.Grant;
import dev.lifeline.sandbox.state.StateFile;
import org.springframework.stereotype.Component;

/** The mode that the provider is in. */
@Component
public class Faults {

    private final StateFile state;

    Faults(StateFile state) {
        this.state = state;
    }

    public Mode mode() {
        return state.current().mode();
    }

    /** Behaves like that from now on. Any mode but {@code ok} ends all access tokens, so that the next poll meets it. */
    public void enter(Mode mode) {
        state.change(was -> {
            var grants = mode.name() == Mode.Name.OK
                    ? was.grants()
                    : was.grants().stream().map(Grant::withoutAccessTokens).toList();
            return was.withMode(mode).withGrants(grants);
        });
    }
}
