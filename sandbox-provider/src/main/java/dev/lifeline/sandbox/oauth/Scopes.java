package dev.lifeline.sandbox.oauth;

import java.util.List;
import java.util.Set;

/** What a client can ask for. */
public final class Scopes {

    public static final String GMAIL_READONLY = "https://www.googleapis.com/auth/gmail.readonly";
    public static final String GMAIL_MODIFY = "https://www.googleapis.com/auth/gmail.modify";
    public static final String CALENDAR_READONLY = "https://www.googleapis.com/auth/calendar.readonly";

    /** Those of sign-in: given with the sign-in, not to be unticked. */
    public static final Set<String> IDENTITY = Set.of("openid", "email", "profile");

    /** Those that a person decides about one by one, in the order in which they are shown. */
    public static final List<String> DATA = List.of(GMAIL_READONLY, CALENDAR_READONLY);

    private Scopes() {}

    /** What a scope allows, in words. */
    public static String describe(String scope) {
        return switch (scope) {
            case GMAIL_READONLY -> "Read your mail";
            case GMAIL_MODIFY -> "Read, sort and send your mail";
            case CALENDAR_READONLY -> "Read your calendar";
            case "openid" -> "Know who you are";
            case "email" -> "See your address";
            case "profile" -> "See your name";
            default -> scope;
        };
    }
}
