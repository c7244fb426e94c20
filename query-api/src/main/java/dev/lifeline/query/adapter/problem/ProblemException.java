package dev.lifeline.query.adapter.problem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that is refused, with what its sender is told. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Such as {@code rules[3].value}, at the beginning of what is wrong with it. */
    private static final Pattern PATH = Pattern.compile("[a-z]\\w*(\\[\\d+])*(\\.\\w+(\\[\\d+])*)*(?= )");

    private final HttpStatus status;
    private final String detail;
    private final @Nullable String field;
    private final @Nullable String code;

    private ProblemException(HttpStatus status, String detail, @Nullable String field, @Nullable String code) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.field = field;
        this.code = code;
    }

    private ProblemException(HttpStatus status, String detail) {
        this(status, detail, null, null);
    }

    public static ProblemException badRequest(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, detail);
    }

    /** What was sent can not be meant so. The detail begins with the path of the field, where it is about one. */
    public static ProblemException malformed(String detail) {
        Matcher path = PATH.matcher(detail);
        String sentence = detail.endsWith(".") ? detail : detail + ".";
        return new ProblemException(HttpStatus.BAD_REQUEST, sentence, path.lookingAt() ? path.group() : null, null);
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

    /** @param code why, short, for programs; absent where none was given */
    public static ProblemException conflict(String detail, @Nullable String code) {
        return new ProblemException(HttpStatus.CONFLICT, detail, null, code);
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

    @Nullable
    String field() {
        return field;
    }

    @Nullable
    String code() {
        return code;
    }
}
