package dev.lifeline.query.adapter.problem;

import org.springframework.http.HttpStatus;

/** A request that is refused, with what its sender is told. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String detail;

    private ProblemException(HttpStatus status, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
    }

    public static ProblemException badRequest(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, detail);
    }

    public static ProblemException unauthorized(String detail) {
        return new ProblemException(HttpStatus.UNAUTHORIZED, detail);
    }

    public static ProblemException forbidden(String detail) {
        return new ProblemException(HttpStatus.FORBIDDEN, detail);
    }

    public static ProblemException conflict(String detail) {
        return new ProblemException(HttpStatus.CONFLICT, detail);
    }

    /** Names nothing, so that what is another's is answered like what is not there. */
    public static ProblemException notFound() {
        return new ProblemException(HttpStatus.NOT_FOUND, "There is nothing at this address.");
    }

    HttpStatus status() {
        return status;
    }

    String detail() {
        return detail;
    }
}
