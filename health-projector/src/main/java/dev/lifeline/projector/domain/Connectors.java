package dev.lifeline.projector.domain;

import dev.lifeline.events.ConnectorEvent.Claimed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All connectors of one user, hidden ones too, in the order of their names. Immutable. */
public record Connectors(List<ConnectorHealth> all) {

    public static final Connectors NONE = new Connectors(List.of());

    private static final Comparator<ConnectorHealth> BY_NAME = Comparator.comparing(ConnectorHealth::name);

    public Connectors {
        all = List.copyOf(all);
    }

    /** The connector of that name; absent when there never was one. */
    public @Nullable ConnectorHealth named(String name) {
        for (ConnectorHealth connector : all) {
            if (connector.name().equals(name)) {
                return connector;
            }
        }
        return null;
    }

    /** These with that connector as it is now. */
    public Connectors with(ConnectorHealth changed) {
        if (all.size() == 1 && all.getFirst().name().equals(changed.name())) {
            return new Connectors(List.of(changed));
        }
        List<ConnectorHealth> next = new ArrayList<>(all.size() + 1);
        for (ConnectorHealth connector : all) {
            if (!connector.name().equals(changed.name())) {
                next.add(connector);
            }
        }
        next.add(changed);
        next.sort(BY_NAME);
        return new Connectors(next);
    }

    /** The connectors that live on a grant, without the hidden ones. */
    List<ConnectorHealth> livingOn(UUID grantId) {
        return all.stream()
                .filter(connector ->
                        !connector.hidden() && connector.grant().id().equals(grantId))
                .toList();
    }

    /** Of what an event's grant died, in the event's generation, as another connector on it remembers. */
    @Nullable
    Verdict deathOf(Claimed event) {
        for (ConnectorHealth connector : all) {
            Grant grant = connector.grant();
            if (!connector.name().equals(event.connectorName())
                    && grant.id().equals(event.grantId())
                    && grant.generation() == event.generation()
                    && connector.verdict().tellsOfDeadGrant()) {
                return connector.verdict();
            }
        }
        return null;
    }
}
