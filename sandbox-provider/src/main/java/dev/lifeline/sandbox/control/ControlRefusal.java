package dev.lifeline.sandbox.control;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request of the control interface is refused. */
final class ControlRefusal extends RuntimeException {

    private final HttpStatus status;
    private final @Nullable String field;

    private ControlRefusal(HttpStatus status, @Nullable String field, String detail) {
        super(detail);
        this.status = status;
        this.field = field;
    }

    static ControlRefusal ofField(String field, String wanted) {
        return new ControlRefusal(HttpStatus.BAD_REQUEST, field, field + " must be " + wanted);
    }

    static ControlRefusal unknownField(String field) {
        return new ControlRefusal(HttpStatus.BAD_REQUEST, field, field + " is no field of this request");
    }

    static ControlRefusal ofBody(String detail) {
        return new ControlRefusal(HttpStatus.BAD_REQUEST, null, detail);
    }

    static ControlRefusal notFound(String detail) {
        return new ControlRefusal(HttpStatus.NOT_FOUND, null, detail);
    }

    HttpStatus status() {
        return status;
    }

    @Nullable
    String field() {
        return field;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
