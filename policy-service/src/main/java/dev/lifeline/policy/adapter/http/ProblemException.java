package dev.lifeline.policy.adapter.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that is refused, with what its sender is told. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String detail;
    private final @Nullable String state;

    ProblemException(HttpStatus status, String detail) {
        this(status, detail, null);
    }

    private ProblemException(HttpStatus status, String detail, @Nullable String state) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.state = state;
    }

    /** @param state how far the decision is */
    static ProblemException refused(String reason, String state) {
        return new ProblemException(HttpStatus.CONFLICT, reason, state);
    }

    /** Names nothing, so that what is another's is answered like what is not there. */
    static ProblemException notFound() {
        return new ProblemException(HttpStatus.NOT_FOUND, "There is nothing at this address.");
    }

    HttpStatus status() {
        return status;
    }

    String detail() {
        return detail;
    }

    @Nullable
    String state() {
        return state;
    }
}
