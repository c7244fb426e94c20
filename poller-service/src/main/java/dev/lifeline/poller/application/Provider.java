package dev.lifeline.poller.application;

import java.util.Map;
import java.util.Optional;

/**
 * One provider as it is configured.
 *
 * @param id such as {@code google} or {@code sandbox}; part of routes
 * @param polls by the name of the API, such as {@code gmail}
 */
public record Provider(String id, TokenEndpoint tokens, Accounts accounts, Map<String, Poll> polls) {

    public Provider {
        polls = Map.copyOf(polls);
    }

    /** How an API is read; empty when this provider has none of that name. */
    public Optional<Poll> poll(String api) {
        return Optional.ofNullable(polls.get(api));
    }
}
