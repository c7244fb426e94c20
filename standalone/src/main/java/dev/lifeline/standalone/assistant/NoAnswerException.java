package dev.lifeline.standalone.assistant;

/** Lifeline or the mail did not answer, or not as it should: it is not known what may be done, so nothing is. To be retried. */
final class NoAnswerException extends RuntimeException {

    private static final int UNAUTHORIZED = 401;

    private final int status;

    NoAnswerException(String asked, int status) {
        super(asked + " was answered with " + status);
        this.status = status;
    }

    NoAnswerException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** Whether it was the token that did not do. */
    boolean tokenRefused() {
        return status == UNAUTHORIZED;
    }
}
