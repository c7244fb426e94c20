package dev.lifeline.policy.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * RFC 9457 problem details.
 *
 * @param type {@code about:blank}: the status says what kind of problem it is
 * @param detail names the field and the remedy
 * @param instance the path that was asked for
 * @param error the detail again, for clients that look there
 * @param state how far the decision is that was not admitted; absent where it is not about one
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String error,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String state) {

    static Problem of(HttpStatus status, String detail, String instance) {
        return of(status, detail, instance, null);
    }

    static Problem of(HttpStatus status, String detail, String instance, @Nullable String state) {
        return new Problem("about:blank", status.getReasonPhrase(), status.value(), detail, instance, detail, state);
    }
}
