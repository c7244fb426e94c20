package dev.lifeline.sandbox.fault;

import dev.lifeline.sandbox.fault.RequestCounts.Asked;
import dev.lifeline.sandbox.google.GoogleErrors;
import dev.lifeline.sandbox.oauth.TokenAnswers;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.MediaType;

/** What a request is answered while the provider is made to fail. */
final class FaultAnswers {

    private static final String RETRY_AFTER_SECONDS = "5";
    private static final byte[] GARBAGE =
            "\uFEFF}{\"access_token\": <html>\u0000 502 \u2603".getBytes(StandardCharsets.UTF_8);

    private FaultAnswers() {}

    /** Answers as the mode has it; false, and nothing done, where the mode leaves such requests alone. */
    static boolean answered(Mode mode, Asked asked, HttpServletResponse response) throws IOException {
        boolean refresh = asked == Asked.TOKEN;
        switch (mode.name()) {
            case OK, SLOW -> {
                return false;
            }
            case OUTAGE -> outage(refresh, response);
            case RATE_LIMITED -> rateLimited(refresh, response);
            case GARBAGE -> garbage(response);
            case INVALID_CLIENT -> {
                if (!refresh) {
                    return false;
                }
                TokenAnswers.invalidClient(response);
            }
            case ANSWER -> {
                if (!refresh) {
                    return false;
                }
                wordByWord(Objects.requireNonNull(mode.answer()), response);
            }
        }
        return true;
    }

    private static void outage(boolean refresh, HttpServletResponse response) throws IOException {
        if (refresh) {
            TokenAnswers.write(response, 503, "internal_failure", "The service is currently unavailable.");
        } else {
            GoogleErrors.UNAVAILABLE.write(response);
        }
    }

    private static void rateLimited(boolean refresh, HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        if (refresh) {
            TokenAnswers.write(response, 429, "rate_limit_exceeded", "Too many requests, slow down.");
        } else {
            GoogleErrors.RATE_LIMITED.write(response);
        }
    }

    private static void garbage(HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(GARBAGE);
    }

    private static void wordByWord(Mode.Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        if (!answer.contentType().isEmpty()) {
            response.setContentType(answer.contentType());
        }
        answer.headers().forEach(response::setHeader);
        response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
