package dev.lifeline.poller.domain.classification;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What of an answer a rule can look at. It holds no credential; what a published failure carries is enough to make it
 * again, so that the past can be judged by other rules.
 *
 * @param status the HTTP status; 0 when no answer came
 * @param error the error that it named, in lower case
 * @param subtype the provider's refinement of it, in lower case
 * @param aadsts Microsoft's numbers, in the order in which they were met; empty for other providers
 * @param reasons the reasons of an API's error object, in lower case
 * @param description what it said, sanitised
 */
public record Evidence(
        ProviderKind kind,
        int status,
        @Nullable String error,
        @Nullable String subtype,
        List<String> aadsts,
        List<String> reasons,
        @Nullable String description) {

    public Evidence {
        aadsts = List.copyOf(aadsts);
        reasons = List.copyOf(reasons);
    }

    /** Whether the status alone says that it passes: 408, 429 and every 5xx, or no answer at all. */
    boolean passesByStatus() {
        return status == Answer.NONE || status == 408 || status == 429 || (status >= 500 && status <= 599);
    }

    /** The description as phrases are looked for in it. */
    String said() {
        return description == null ? "" : description.toLowerCase(Locale.ROOT);
    }
}
