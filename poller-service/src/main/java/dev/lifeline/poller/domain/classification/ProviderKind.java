package dev.lifeline.poller.domain.classification;

import java.util.Locale;

/** By whose rules an answer is judged. */
public enum ProviderKind {
    GOOGLE,
    MICROSOFT,
    SLACK,
    GITHUB,
    /** Any other: RFC 6749 and what is common. */
    GENERIC;

    /** The kind of a provider id, whatever its case; the sandbox answers as Google does, a stranger is {@link #GENERIC}. */
    public static ProviderKind of(String provider) {
        return switch (provider.strip().toLowerCase(Locale.ROOT)) {
            case "google", "sandbox" -> GOOGLE;
            case "microsoft" -> MICROSOFT;
            case "slack" -> SLACK;
            case "github" -> GITHUB;
            default -> GENERIC;
        };
    }
}
