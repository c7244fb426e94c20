package dev.lifeline.sandbox.google;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * The errors of Google's APIs, in their shape.
 *
 * @see <a href="https://developers.google.com/workspace/gmail/api/guides/handle-errors">Gmail: resolve errors</a>
 * @see <a href="https://developers.google.com/workspace/calendar/api/guides/errors">Calendar: handle API errors</a>
 */
public enum GoogleErrors {
    INVALID_CREDENTIALS(
            401, "UNAUTHENTICATED", "global", "authError", "Request had invalid authentication credentials."),
    INSUFFICIENT_SCOPES(
            403,
            "PERMISSION_DENIED",
            "global",
            "insufficientPermissions",
            "Request had insufficient authentication scopes."),
    FOREIGN_ACCOUNT(403, "PERMISSION_DENIED", "global", "forbidden", "Delegation denied."),
    NOT_FOUND(404, "NOT_FOUND", "global", "notFound", "Requested entity was not found."),
    INVALID_ARGUMENT(400, "INVALID_ARGUMENT", "global", "invalidArgument", "Request contains an invalid argument."),
    SYNC_TOKEN_GONE(
            410, "GONE", "calendar", "fullSyncRequired", "Sync token is no longer valid, a full sync is required."),
    RATE_LIMITED(429, "RESOURCE_EXHAUSTED", "usageLimits", "rateLimitExceeded", "Rate Limit Exceeded"),
    UNAVAILABLE(503, "UNAVAILABLE", "global", "backendError", "The service is currently unavailable.");

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCOPE_DETAIL = "ACCESS_TOKEN_SCOPE_INSUFFICIENT";

    private final int code;
    private final String status;
    private final String domain;
    private final String reason;
    private final String message;

    GoogleErrors(int code, String status, String domain, String reason, String message) {
        this.code = code;
        this.status = status;
        this.domain = domain;
        this.reason = reason;
        this.message = message;
    }

    /** Answers with this error. */
    public void write(HttpServletResponse response) throws IOException {
        response.setStatus(code);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(JSON.writeValueAsBytes(Map.of("error", body())));
    }

    private Map<String, Object> body() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        error.put("errors", List.of(Map.of("message", message, "domain", domain, "reason", reason)));
        error.put("status", status);
        if (this == INSUFFICIENT_SCOPES) {
            error.put(
                    "details",
                    List.of(Map.of(
                            "@type",
                            "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason",
                            SCOPE_DETAIL,
                            "domain",
                            "googleapis.com")));
        }
        return error;
    }
}
