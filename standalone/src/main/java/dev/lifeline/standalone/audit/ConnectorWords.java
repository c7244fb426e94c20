package dev.lifeline.standalone.audit;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.Claimed;
import dev.lifeline.events.ConnectorEvent.ConnectorCommandRejected;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.ConnectorDisabled;
import dev.lifeline.events.ConnectorEvent.ConnectorEnabled;
import dev.lifeline.events.ConnectorEvent.ConnectorPollFailed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.ConnectorEvent.ConnectorReauthorized;
import dev.lifeline.events.ConnectorEvent.ConnectorRemoved;
import dev.lifeline.events.ConnectorEvent.Failed;
import dev.lifeline.events.ConnectorEvent.GrantRevoked;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.domain.classification.Verdict;
import dev.lifeline.projector.domain.Change;
import dev.lifeline.projector.domain.Folded;
import dev.lifeline.projector.domain.Ignored;
import dev.lifeline.query.domain.Catalogue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened to connectors, in sentences. */
record ConnectorWords(Catalogue catalogue, Extent extent) {

    String text(ConnectorEvent event, Folded folded) {
        String said = said(event);
        Ignored ignored = folded.ignored();
        if (ignored != null && !(event instanceof ConnectorCommandRejected)) {
            return said + " This changed nothing: " + why(ignored) + ".";
        }
        String named = event instanceof Claimed claimed ? claimed.connectorName() : "";
        return said
                + folded.changes().stream()
                        .filter(change -> change.kind() != null)
                        .map(change -> became(change, named))
                        .collect(Collectors.joining());
    }

    String overdue(String connector) {
        return catalogue.label(connector) + " was not heard of in time: how it was doing was not known.";
    }

    /** What has to be the same for an event to be the one before once more. */
    String sameAgain(Claimed event) {
        return switch (event) {
            case ConnectorPolled polled -> "polled";
            case Failed failed -> failed.failureClass() + " " + failed.errorCode();
            default -> "";
        };
    }

    /** The text of a line, of which what was found is told in sum. */
    String run(Claimed event, String text, long found) {
        if (!(event instanceof ConnectorPolled)) {
            return text;
        }
        return text
                + (found == 0 ? "" : found == 1 ? " One new or changed item." : " " + found + " new or changed items.");
    }

    private String said(ConnectorEvent event) {
        return switch (event) {
            case ConnectorConnected connected ->
                label(connected) + " was connected, with the account " + connected.account() + " at "
                        + connected.provider() + ".";
            case ConnectorReauthorized again ->
                label(again) + " was reconnected, with the account " + again.account() + ": consent number "
                        + again.generation() + ".";
            case ConnectorPolled polled -> label(polled) + " was read.";
            case ConnectorPollFailed failed ->
                label(failed) + " could not be read: "
                        + answer(
                                came(failed.httpStatus(), failed.rulesVersion()),
                                failed.error(),
                                null,
                                failed.description())
                        + judged(failed, failed.rule(), failed.rulesVersion());
            case OAuthRefreshFailed failed ->
                label(failed) + " got no new token: "
                        + answer(
                                came(failed.httpStatus(), failed.rulesVersion()),
                                failed.error(),
                                failed.errorSubtype(),
                                failed.description())
                        + judged(failed, failed.rule(), failed.rulesVersion());
            case GrantRevoked revoked ->
                "The provider " + revoked.provider() + " told that access was taken away: " + revoked.errorCode() + ".";
            case ConnectorDisabled disabled -> label(disabled) + " was disabled: it was not read any more.";
            case ConnectorEnabled enabled -> label(enabled) + " was enabled.";
            case ConnectorRemoved removed -> label(removed) + " was removed.";
            case ConnectorCommandRejected rejected ->
                "A change of " + catalogue.label(rejected.connectorName()) + " was refused: " + rejected.reason();
        };
    }

    private String label(Claimed event) {
        return catalogue.label(event.connectorName());
    }

    private static String answer(
            String came, @Nullable String error, @Nullable String subtype, @Nullable String description) {
        String named = error == null ? "" : " " + error + (subtype == null ? "" : "/" + subtype);
        String quoted = description == null ? "" : ", \u201c" + description + "\u201d";
        return came + named + quoted + ".";
    }

    private static String came(int status, String rulesVersion) {
        if (status != 0) {
            return "the provider answered " + status;
        }
        return rulesVersion.equals(Verdict.OWN) ? "the provider was not asked" : "no answer came";
    }

    private static String judged(Failed event, String rule, String version) {
        return " Judged " + event.failureClass() + " (" + event.errorCode() + ") by rule " + rule + " of rules "
                + version + ": " + whoActs(event.failureClass()) + ".";
    }

    private static String whoActs(FailureClass failure) {
        return switch (failure) {
            case TRANSIENT -> "it is tried again by itself";
            case REAUTH -> "only the user can mend it, by reconnecting";
            case ADMIN -> "an administrator or the provider has to allow it";
            case CONFIG -> "the operator has to mend the client";
        };
    }

    private String became(Change change, String named) {
        String condition =
                change.after().hidden() ? "gone" : change.after().condition().wireName();
        return change.after().name().equals(named)
                ? " It was " + condition + " from then on."
                : " So was " + catalogue.label(change.after().name()) + ", which lives on the same grant: " + condition
                        + ".";
    }

    private String why(Ignored ignored) {
        return switch (ignored) {
            case LOWER_GENERATION -> "it was about an older consent";
            case ATTEMPT_NOT_ABOVE -> "something newer was known";
            case NO_CONNECTOR ->
                extent.connectorsCut()
                        ? "no connector was known that it could have been about"
                        : "there was no such connector";
            case KNOWN_ALREADY -> "it was known already";
        };
    }
}
