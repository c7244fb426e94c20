package dev.lifeline.query.adapter.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * RFC 9457 problem details.
 *
 * @param type {@code about:blank}: the status says what kind of problem it is
 * @param detail names the field and the remedy
 * @param field the path of the field that is wrong; absent where none is, or the detail names none
 * @param code why a command was rejected, short, for programs; absent where none was
 * @param instance the path that was asked for
 * @param error the detail again, for clients that look there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String error,
        @Nullable String field,
        @Nullable String code) {

    static Problem of(HttpStatus status, String detail, String instance) {
        return new Problem(
                "about:blank", status.getReasonPhrase(), status.value(), detail, instance, detail, null, null);
    }

    static Problem of(ProblemException known, String instance) {
        HttpStatus status = known.status();
        return new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.value(),
                known.detail(),
                instance,
                known.detail(),
                known.field(),
                known.code());
    }
}
