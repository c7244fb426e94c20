package dev.lifeline.poller.application;

import java.util.Set;

/**
 * A kind of connector that an installation offers.
 *
 * @param name such as {@code gmail}; part of routes and events
 * @param provider the id of the provider that it reads
 * @param api the name of the provider's API
 * @param scopes what a grant must allow for it
 */
public record ConnectorKind(String name, String provider, String api, Set<String> scopes) {

    public ConnectorKind {
        scopes = Set.copyOf(scopes);
        if (name.isBlank() || provider.isBlank() || api.isBlank()) {
            throw new IllegalArgumentException("a connector needs a name, a provider and an api");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException(
                    "connector " + name + " needs scopes: without one there is nothing to ask for");
        }
    }
}
