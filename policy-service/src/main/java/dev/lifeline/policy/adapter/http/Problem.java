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
 * @param error the detail again, for clients that look there; of an admission that is refused the code
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
        return of(new ProblemException(status, detail), instance);
    }

    static Problem of(ProblemException known, String instance) {
        HttpStatus status = known.status();
        return new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.value(),
                known.detail(),
                instance,
                known.error(),
                known.state());
    }
}
