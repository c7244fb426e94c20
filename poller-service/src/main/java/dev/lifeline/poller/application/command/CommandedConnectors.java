package dev.lifeline.poller.application.command;

import dev.lifeline.events.ConnectorCommand;
import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.poller.domain.connector.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Connectors as commands change them. Throws {@link UnavailableException} when the store is away. */
public interface CommandedConnectors {

    /** Whether a command was answered before. */
    boolean wasAnswered(UUID commandId);

    /** Takes a connector's next attempt, whoever holds its lease; empty when the user has none of that name. */
    Optional<Claim> claim(UUID userId, String connector, Duration lease);

    /**
     * Saves what a command changes, and that it was answered, after its event was published.
     *
     * @return empty when a later attempt was begun meanwhile; then nothing is saved
     */
    Optional<Effect> save(Claim claim, ConnectorCommand command);

    /** Remembers that a command was answered which changed nothing. */
    void answered(ConnectorCommand command);

    /**
     * What saving brought along.
     *
     * @param abandoned a token of a grant that was dropped, and that nobody else lives on at the provider; null without one
     */
    record Effect(@Nullable String abandoned) {
        @Override
        public String toString() {
            return "Effect[" + (abandoned == null ? "nothing" : "a grant") + " abandoned]";
        }
    }
}
