package dev.lifeline.policy.adapter.http;

import org.springframework.http.HttpStatus;

/**
 * RFC 9457 problem details.
 *
 * @param type {@code about:blank}: the status says what kind of problem it is
 * @param detail names the field and the remedy
 * @param instance the path that was asked for
 * @param error the detail again, for clients that look there
 */
record Problem(String type, String title, int status, String detail, String instance, String error) {

    static Problem of(HttpStatus status, String detail, String instance) {
        return new Problem("about:blank", status.getReasonPhrase(), status.value(), detail, instance, detail);
    }
}
