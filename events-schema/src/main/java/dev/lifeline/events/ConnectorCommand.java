package dev.lifeline.events;

import java.util.UUID;

/**
 * What a user asked of a connector. On {@code lifeline.connector.commands}, in the order in which it was asked; written
 * only by query-api, answered by the poller with an event that carries the same {@code commandId}. A command that arrives
 * twice has the effect of one.
 */
public sealed interface ConnectorCommand extends Message {

    /** Names this command; its answer carries it. */
    UUID commandId();

    /** The connector's name within the user's, such as {@code gmail}. */
    String connectorName();

    /** Who asked; checked again by whoever carries the command out. */
    UUID actor();

    /** The role in which the actor asked. */
    ActorRole actorRole();

    /** Stop polling until enabled again; the grant is kept. */
    @MessageType("lifeline.disable-connector.v1")
    record DisableConnector(UUID userId, UUID commandId, String connectorName, UUID actor, ActorRole actorRole)
            implements ConnectorCommand {}

    /** Poll again. */
    @MessageType("lifeline.enable-connector.v1")
    record EnableConnector(UUID userId, UUID commandId, String connectorName, UUID actor, ActorRole actorRole)
            implements ConnectorCommand {}

    /** Forget the connector; its grant too, once no other connector lives on it. */
    @MessageType("lifeline.remove-connector.v1")
    record RemoveConnector(UUID userId, UUID commandId, String connectorName, UUID actor, ActorRole actorRole)
            implements ConnectorCommand {}
}
