package dev.lifeline.events;

/** Who has to act before a refused connector works again. The verdict of classification. */
public enum FailureClass {
    /** The user must give consent again. Never retried. */
    REAUTH,
    /** Somebody else must act first: an organisation's admin, or the provider for a deleted account. Retried slowly. */
    ADMIN,
    /** The operator's own OAuth client or project is wrong; never the user's fault. Retried slowly. */
    CONFIG,
    /** Nobody: it passes by itself. Retried with back-off. */
    TRANSIENT;

    /** Whether waiting alone can not mend it. */
    public boolean permanent() {
        return this != TRANSIENT;
    }
}
