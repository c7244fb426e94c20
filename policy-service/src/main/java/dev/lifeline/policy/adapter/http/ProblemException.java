package dev.lifeline.policy.adapter.http;

import dev.lifeline.policy.domain.Decision.State;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that is refused, with what its sender is told. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String detail;
    private final String error;
    private final @Nullable String state;

    ProblemException(HttpStatus status, String detail) {
        this(status, detail, detail, null);
    }

    private ProblemException(HttpStatus status, String detail, String error, @Nullable String state) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.error = error;
        this.state = state;
    }

    /**
     * An admission that is refused.
     *
     * @param reason the code of why, which programs look at
     * @param state how far the decision is
     */
    static ProblemException refused(String reason, State state) {
        return new ProblemException(HttpStatus.CONFLICT, sentence(reason, state), reason, state.wireName());
    }

    private static String sentence(String reason, State state) {
        return switch (state) {
            case WAITING -> "It is not admitted now, and waits: " + reason + ".";
            case OPEN, APPROVED -> "It is not admitted yet: " + reason + ". Ask again later.";
            case DENIED -> "It is not done: " + reason + ".";
            case REJECTED -> "It is not done: a person rejected it.";
            case EXPIRED -> "It is not done: it was not begun in time.";
            case ADMITTED -> "Another executor has it: it was admitted to that one.";
            case COMPLETED -> "It is completed already, and is done once.";
        };
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

    /** For clients that look there. */
    String error() {
        return error;
    }

    @Nullable
    String state() {
        return state;
    }
}
