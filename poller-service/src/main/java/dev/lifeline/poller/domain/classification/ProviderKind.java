package dev.lifeline.poller.domain.classification;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By whose rules an answer is judged. */
public enum ProviderKind {
    GOOGLE,
    MICROSOFT,
    SLACK,
    GITHUB,
    /** Any other: RFC 6749 and what is common. */
    GENERIC;

    /** As events have it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that name; empty when there is none. */
    public static Optional<ProviderKind> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

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
