package dev.lifeline.projector.domain;

import dev.lifeline.events.ConnectorEvent.Claimed;
import dev.lifeline.events.ConnectorEvent.ConnectorDisabled;
import dev.lifeline.events.ConnectorEvent.ConnectorEnabled;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.events.ConnectorEvent.Consented;
import dev.lifeline.events.ConnectorEvent.Failed;
import dev.lifeline.events.FailureClass;
import org.jspecify.annotations.Nullable;

/**
 * What an event says about a condition: a row of the {@link ConditionTable}, with the class and code of a failure.
 */
record Happening(
        Kind kind,
        @Nullable FailureClass failureClass,
        @Nullable String errorCode) {

    /** The rows of the table. */
    enum Kind {
        POLLED,
        FAILED_TRANSIENT,
        FAILED_REAUTH,
        FAILED_ADMIN,
        FAILED_CONFIG,
        CONSENTED,
        DISABLED,
        ENABLED,
        REMOVED
    }

    static final Happening CONSENT = new Happening(Kind.CONSENTED, null, null);
    private static final Happening POLL = new Happening(Kind.POLLED, null, null);
    private static final Happening DISABLING = new Happening(Kind.DISABLED, null, null);
    private static final Happening ENABLING = new Happening(Kind.ENABLED, null, null);
    private static final Happening REMOVAL = new Happening(Kind.REMOVED, null, null);

    /** Whether one learns from it how it stands with the user's consent. */
    boolean tellsOfConsent() {
        return switch (kind) {
            case CONSENTED, FAILED_REAUTH, ENABLED, REMOVED -> true;
            case POLLED, FAILED_TRANSIENT, FAILED_ADMIN, FAILED_CONFIG, DISABLED -> false;
        };
    }

    static Happening of(Claimed event) {
        return switch (event) {
            case ConnectorPolled polled -> POLL;
            case Failed failed -> failure(failed.failureClass(), failed.errorCode());
            case Consented consented -> CONSENT;
            case ConnectorDisabled disabled -> DISABLING;
            case ConnectorEnabled enabled -> ENABLING;
            case ConnectorRemoved removed -> REMOVAL;
        };
    }

    static Happening death(@Nullable String errorCode) {
        return new Happening(Kind.FAILED_REAUTH, FailureClass.REAUTH, errorCode);
    }

    static Happening failure(FailureClass failureClass, String errorCode) {
        Kind kind = switch (failureClass) {
            case TRANSIENT -> Kind.FAILED_TRANSIENT;
            case REAUTH -> Kind.FAILED_REAUTH;
            case ADMIN -> Kind.FAILED_ADMIN;
            case CONFIG -> Kind.FAILED_CONFIG;
        };
        return new Happening(kind, failureClass, errorCode);
    }
}
