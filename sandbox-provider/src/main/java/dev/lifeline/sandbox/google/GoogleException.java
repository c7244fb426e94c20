package dev.lifeline.sandbox.google;

/** A request of an API is refused. */
final class GoogleException extends RuntimeException {

    private final GoogleErrors error;

    GoogleException(GoogleErrors error) {
        super(error.name());
        this.error = error;
    }

    GoogleErrors error() {
        return error;
    }
}
