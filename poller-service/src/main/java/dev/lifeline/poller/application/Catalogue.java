package dev.lifeline.poller.application;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The kinds of connectors that an installation offers, and the providers that they read. */
public final class Catalogue {

    private final Map<String, ConnectorKind> kinds;
    private final Map<String, Provider> providers;

    /** @throws IllegalArgumentException when a connector reads what no provider offers */
    public Catalogue(Collection<ConnectorKind> kinds, Map<String, Provider> providers) {
        this.kinds = kinds.stream()
                .collect(Collectors.toMap(
                        ConnectorKind::name,
                        kind -> kind,
                        (a, b) -> {
                            throw new IllegalArgumentException("connector " + a.name() + " is there twice");
                        },
                        TreeMap::new));
        this.providers = Map.copyOf(providers);
        kinds.forEach(this::demandApi);
    }

    public List<ConnectorKind> kinds() {
        return List.copyOf(kinds.values());
    }

    public Optional<ConnectorKind> kind(String connector) {
        return Optional.ofNullable(kinds.get(connector));
    }

    public Optional<Provider> provider(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /** All scopes that those connectors need; those that are no longer offered need none. */
    public Set<String> scopesOf(Collection<String> connectors) {
        return connectors.stream()
                .flatMap(name -> kind(name).stream())
                .flatMap(kind -> kind.scopes().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void demandApi(ConnectorKind kind) {
        Provider provider = providers.get(kind.provider());
        if (provider == null) {
            throw new IllegalArgumentException("connector " + kind.name() + " reads provider " + kind.provider()
                    + ", which is not among lifeline.providers: " + providers.keySet());
        }
        if (provider.poll(kind.api()).isEmpty()) {
            throw new IllegalArgumentException(
                    "connector " + kind.name() + " reads the api " + kind.api() + ", but provider " + provider.id()
                            + " has only " + provider.polls().keySet());
        }
    }
}
