package dev.lifeline.policy.application;

/** A command is not carried out; its sender is told why. */
final class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    RejectedException(String code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
