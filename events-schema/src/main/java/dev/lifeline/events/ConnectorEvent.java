package dev.lifeline.events;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a user's connectors. On {@code lifeline.connector.events}, keyed by user id, in the order in which it
 * was published; the time of an event is the broker's (log append time), so that no skewed clock can lie about it.
 *
 * <p>Events may arrive twice, and late from a poller that lost its lease. {@code generation} and {@code attempt} tell: an
 * event of a lower generation than one already seen, or of an attempt not above it, changes nothing.
 */
public sealed interface ConnectorEvent extends Message {

    /** An event that one claim of one connector published. Exactly one event carries each attempt. */
    sealed interface Claimed extends ConnectorEvent {

        /** The connector's name within the user's, such as {@code gmail}. */
        String connectorName();

        /** The provider id, such as {@code google}. */
        String provider();

        /** The grant on which the connector lives. */
        UUID grantId();

        /** How often consent has been given for the grant; starts at 1. */
        long generation();

        /** How often the connector has been claimed; starts at 1 and never falls. */
        long attempt();

        /** Failures in a row up to and with this event: a value, not an increment. */
        int consecutiveFailures();

        /** When the next outcome is to be expected, counted from this event. */
        Duration nextPollIn();
    }

    /** A {@link Claimed} event that answers a command, or is caused by none. */
    sealed interface Commanded extends Claimed {

        /** The command that caused it. */
        @Nullable
        UUID commandId();
    }

    /** A {@link Claimed} event that begins a new generation of consent. */
    sealed interface Consented extends Claimed {

        /** The provider's name for the account, such as an address. */
        String account();
    }

    /** A {@link Claimed} event of a poll that did not succeed. */
    sealed interface Failed extends Claimed {

        FailureClass failureClass();

        /** The short code that the read model and the banner's detail carry, such as {@code invalid_grant}. */
        String errorCode();
    }

    /** A connector was added on a new or an existing grant. */
    @MessageType("lifeline.connector-connected.v1")
    record ConnectorConnected(
            UUID userId,
            String connectorName,
            String provider,
            UUID grantId,
            long generation,
            long attempt,
            int consecutiveFailures,
            Duration nextPollIn,
            @Personal String account)
            implements Consented {}

    /** Consent was given again for the grant of a connector that was known already. */
    @MessageType("lifeline.connector-reauthorized.v1")
    record ConnectorReauthorized(
            UUID userId,
            String connectorName,
            String provider,
            UUID grantId,
            long generation,
            long attempt,
            int consecutiveFailures,
            Duration nextPollIn,
            @Personal String account)
            implements Consented {}

    /**
     * The provider was read.
     *
     * @param itemsFound how many new or changed items were seen; they themselves are never kept
     */
    @MessageType("lifeline.connector-polled.v1")
    record ConnectorPolled(
            UUID userId,
            String connectorName,
            String provider,
            UUID grantId,
            long generation,
            long attempt,
            int consecutiveFailures,
            Duration nextPollIn,
            long itemsFound)
            implements Claimed {}

    /**
     * The mail or calendar API did not let itself be read. Concerns the named connector alone, whatever its class.
     *
     * @param rule the classification rule that judged the answer
     * @param rulesVersion the version of the rules
     * @param httpStatus the status of the answer; 0 when none came
     * @param error the error that the answer named
     * @param description what the answer said, sanitised: at most 300 characters, nothing that looks like a credential
     */
    @MessageType("lifeline.connector-poll-failed.v1")
    record ConnectorPollFailed(
            UUID userId,
            String connectorName,
            String provider,
            UUID grantId,
            long generation,
            long attempt,
            int consecutiveFailures,
            Duration nextPollIn,
            FailureClass failureClass,
            String errorCode,
            String rule,
            String rulesVersion,
            int httpStatus,
            @Nullable String error,
            @Nullable String description)
            implements Failed {}

    /**
     * The token endpoint refused or did not answer a refresh. When permanent it concerns the grant, and so every connector
     * that lives on it; when transient, the named connector alone.
     *
     * @param permanent whether waiting alone can not mend it
     * @param rule the classification rule that judged the answer
     * @param rulesVersion the version of the rules
     * @param httpStatus the status of the answer; 0 when none came
     * @param error the error that the answer named (RFC 6749 section 5.2)
     * @param errorSubtype the provider's refinement of it
     * @param description what the answer said, sanitised: at most 300 characters, nothing that looks like a credential
     * @param providerKind by whose rules the answer was judged, such as {@code google}; absent where no answer was, and in
     *     events of writers that did not say
     * @param aadsts Microsoft's numbers, in the order in which they were met; absent when there were none, and where {@code
     *     providerKind} is
     */
    @MessageType("lifeline.oauth-refresh-failed.v1")
    record OAuthRefreshFailed(
            UUID userId,
            String connectorName,
            String provider,
            UUID grantId,
            long generation,
            long attempt,
            int consecutiveFailures,
            Duration nextPollIn,
            FailureClass failureClass,
            String errorCode,
            boolean permanent,
            String rule,
            String rulesVersion,
            int httpStatus,
            @Nullable String error,
            @Nullable String errorSubtype,
            @Nullable String description,
            @Nullable String providerKind,
            @Nullable List<String> aadsts)
            implements Failed {

        public OAuthRefreshFailed {
            aadsts = aadsts == null || aadsts.isEmpty() ? null : List.copyOf(aadsts);
        }
    }

    /** The provider told by itself that a grant is no more. Concerns every connector on it; no claim published it. */
    @MessageType("lifeline.grant-revoked.v1")
    record GrantRevoked(UUID userId, String provider, UUID grantId, long generation, String errorCode)
            implements ConnectorEvent {}

    /** The connector is not polled until it is enabled. */
    @MessageType("lifeline.connector-disabled.v1")
    record ConnectorDisabled(
            UUID userId,
            String connectorName,
            String provider,
            UUID grantId,
            long generation,
            long attempt,
            int consecutiveFailures,
            Duration nextPollIn,
            @Nullable UUID commandId)
            implements Commanded {}

    /** The connector is polled again. */
    @MessageType("lifeline.connector-enabled.v1")
    record ConnectorEnabled(
            UUID userId,
            String connectorName,
            String provider,
            UUID grantId,
            long generation,
            long attempt,
            int consecutiveFailures,
            Duration nextPollIn,
            @Nullable UUID commandId)
            implements Commanded {}

    /** The connector is no more. Only a connection of a higher generation brings it back. */
    @MessageType("lifeline.connector-removed.v1")
    record ConnectorRemoved(
            UUID userId,
            String connectorName,
            String provider,
            UUID grantId,
            long generation,
            long attempt,
            int consecutiveFailures,
            Duration nextPollIn,
            @Nullable UUID commandId)
            implements Commanded {}

    /**
     * A command was not carried out.
     *
     * @param reason a sentence for the user
     */
    @MessageType("lifeline.connector-command-rejected.v1")
    record ConnectorCommandRejected(UUID userId, String connectorName, UUID commandId, String reason)
            implements ConnectorEvent {}
}
