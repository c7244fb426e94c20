package dev.lifeline.query.domain;

import java.util.Locale;

/** What a banner says, in display order. On the wire in lower case. */
public enum BannerKind {
    /** The operator holds back what would be done by itself; not the user's to lift. */
    OPERATOR_PAUSE(Severity.RED),
    /** The user does. */
    USER_PAUSE(Severity.RED),
    /** Only the user's consent mends it. */
    NEEDS_REAUTH(Severity.AMBER),
    /** Somebody other than the user must act first. */
    NEEDS_ADMIN(Severity.AMBER),
    /** The provider has not answered for long. */
    NOT_ANSWERING(Severity.GREY),
    /** Our own client has been refused for long. */
    OPERATOR_FAULT(Severity.GREY),
    /** Whether all is well is not known. */
    UNKNOWN(Severity.GREY);

    /** How loud a banner is: red is a stop, amber needs the user, grey only says. */
    public enum Severity {
        RED,
        AMBER,
        GREY;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Severity severity;

    BannerKind(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
