package dev.lifeline.query.application;

/** Something that an answer depends on can not be reached now. Trying again later helps. */
public final class AwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what what is away, in words for whoever waits for the answer
     */
    public AwayException(String what, Throwable cause) {
        super(what, cause);
    }
}
