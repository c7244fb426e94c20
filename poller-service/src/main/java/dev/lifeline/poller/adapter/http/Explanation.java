package dev.lifeline.poller.adapter.http;

import dev.lifeline.poller.application.consent.Refusal;
import org.springframework.http.HttpStatus;

/** What a person is told about a refusal. */
record Explanation(HttpStatus status, String title, String advice) {

    private static final String AGAIN = " Go back to the dashboard and choose Connect or Reconnect again.";
    private static final String NOTHING_CHANGED = " Nothing was changed.";

    static Explanation of(Refusal refusal) {
        return switch (refusal) {
            case TICKET_INVALID ->
                new Explanation(
                        HttpStatus.BAD_REQUEST,
                        "This link is not valid any more",
                        "Links that start a connection are good for one minute." + AGAIN);
            case TICKET_USED ->
                new Explanation(
                        HttpStatus.BAD_REQUEST,
                        "This link has been used already",
                        "Each link starts one connection." + NOTHING_CHANGED + AGAIN);
            case OTHER_BROWSER ->
                new Explanation(
                        HttpStatus.BAD_REQUEST,
                        "This connection was not started in this browser",
                        "Start and finish in the same browser, with cookies allowed." + NOTHING_CHANGED + AGAIN);
            case UNKNOWN_CONNECTOR ->
                new Explanation(
                        HttpStatus.NOT_FOUND,
                        "There is no such connection",
                        "This installation does not offer it." + NOTHING_CHANGED);
            case STATE_UNKNOWN ->
                new Explanation(
                        HttpStatus.BAD_REQUEST,
                        "This consent has been used, has expired, or was not started here",
                        "If you have just connected, all is well." + " Otherwise nothing was changed." + AGAIN);
            case PROVIDER_REFUSED ->
                new Explanation(
                        HttpStatus.BAD_REQUEST,
                        "The provider did not complete the consent",
                        "It may be a passing problem on its side." + NOTHING_CHANGED + AGAIN);
            case PROVIDER_AWAY ->
                new Explanation(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The provider is not answering",
                        "Wait a moment." + NOTHING_CHANGED + AGAIN);
            case OPERATOR_FAULT ->
                new Explanation(
                        HttpStatus.BAD_GATEWAY,
                        "Something is wrong on our side",
                        "The provider does not accept this installation. Its operator has to mend that; you can not."
                                + NOTHING_CHANGED);
            case ACCOUNT_UNKNOWN ->
                new Explanation(
                        HttpStatus.BAD_GATEWAY,
                        "The provider did not say whose account this is",
                        "Without that it can not be connected." + NOTHING_CHANGED + AGAIN);
            case NO_REFRESH_TOKEN ->
                new Explanation(
                        HttpStatus.BAD_REQUEST,
                        "The provider gave access for a moment only",
                        "Remove this application's access in your account at the provider, then connect again."
                                + NOTHING_CHANGED);
        };
    }

    /** For when the store is away. */
    static Explanation unavailable() {
        return new Explanation(
                HttpStatus.SERVICE_UNAVAILABLE,
                "This is not available at the moment",
                "Wait a moment, then go back to the dashboard and try again." + NOTHING_CHANGED);
    }
}
