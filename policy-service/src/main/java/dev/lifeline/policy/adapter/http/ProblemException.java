package dev.lifeline.policy.adapter.http;

import org.springframework.http.HttpStatus;

/** A request that is refused, with what its sender is told. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String detail;

    ProblemException(HttpStatus status, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
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
}
