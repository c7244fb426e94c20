package dev.lifeline.poller.explain;

/** A line of JSONL is no answer; the message says why, and repeats nothing of the line. */
final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    BadLineException(String message) {
        super(message);
    }
}
