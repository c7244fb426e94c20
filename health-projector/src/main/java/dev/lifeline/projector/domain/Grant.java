package dev.lifeline.projector.domain;

import dev.lifeline.events.Personal;
import java.util.UUID;

/**
 * A user's permission at a provider, as one connector knows it.
 *
 * @param account the provider's name for the account
 * @param generation how often consent has been given
 */
public record Grant(String provider, @Personal String account, UUID id, long generation) {

    Grant raisedTo(long other) {
        return other > generation ? new Grant(provider, account, id, other) : this;
    }
}
