package dev.lifeline.standalone.audit;

import java.time.Instant;

/**
 * What part of the log a user's history is told from.
 *
 * @param begins when the oldest record of it was appended, whosever it is
 * @param own the partition of each topic in which the user's records lie
 * @param operators that in which the operator's lie
 * @param connectorsCut whether there were older records among which the connectors' may have been
 * @param autonomyCut whether there were among which the user's pauses, settings and rules may have been
 * @param operatorsCut whether there were among which what the operator did may have been
 */
record Extent(
        Instant begins, int own, int operators, boolean connectorsCut, boolean autonomyCut, boolean operatorsCut) {

    /** Of a log that has everything. */
    static Extent whole(Instant begins, int own, int operators) {
        return new Extent(begins, own, operators, false, false, false);
    }

    /** Whether something may have happened that is in the log no more. */
    boolean cut() {
        return connectorsCut || autonomyCut || operatorsCut;
    }
}
