package dev.lifeline.sandbox.oauth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import tools.jackson.databind.json.JsonMapper;

/** What the token endpoint answers, in Google's words. */
public final class TokenAnswers {

    private static final String GRANT_TYPE = OAuth2ParameterNames.GRANT_TYPE;
    private static final String REFRESH = AuthorizationGrantType.REFRESH_TOKEN.getValue();
    private static final JsonMapper JSON = new JsonMapper();

    private TokenAnswers() {}

    /** A refusal of the request: 400 with {@code error} and, where there is one, {@code error_description}. */
    static void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        OAuth2Error error = errorOf(cause);
        int status = OAuth2ErrorCodes.INVALID_CLIENT.equals(error.getErrorCode())
                ? HttpServletResponse.SC_UNAUTHORIZED
                : HttpServletResponse.SC_BAD_REQUEST;
        write(response, status, error.getErrorCode(), describe(error, request.getParameter(GRANT_TYPE)));
    }

    /** A refusal of the client itself: 401. */
    static void clientRefused(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        OAuth2Error error = errorOf(cause);
        if (OAuth2ErrorCodes.INVALID_CLIENT.equals(error.getErrorCode())) {
            invalidClient(response);
        } else {
            refused(request, response, cause);
        }
    }

    /** That the client is not known, or its secret is wrong. */
    public static void invalidClient(HttpServletResponse response) throws IOException {
        write(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                OAuth2ErrorCodes.INVALID_CLIENT,
                "The OAuth client was not found.");
    }

    /** The tokens; a refresh brings no new refresh token, the old one goes on. */
    static AuthenticationSuccessHandler given() {
        var granted = new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
        var refreshed = new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
        refreshed.setAccessTokenResponseCustomizer(
                context -> context.getAccessTokenResponse().refreshToken(null));
        return (request, response, authentication) -> {
            var handler = REFRESH.equals(request.getParameter(GRANT_TYPE)) ? refreshed : granted;
            handler.onAuthenticationSuccess(request, response, authentication);
        };
    }

    /** An error of the token endpoint (RFC 6749 section 5.2). */
    public static void write(HttpServletResponse response, int status, String error, @Nullable String description)
            throws IOException {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("error", error);
        if (description != null) {
            body.put("error_description", description);
        }
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(JSON.writeValueAsBytes(body));
    }

    private static OAuth2Error errorOf(AuthenticationException cause) {
        return cause instanceof OAuth2AuthenticationException oauth
                ? oauth.getError()
                : new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR);
    }

    private static @Nullable String describe(OAuth2Error error, @Nullable String grantType) {
        if (!OAuth2ErrorCodes.INVALID_GRANT.equals(error.getErrorCode())) {
            return error.getDescription();
        }
        return REFRESH.equals(grantType) ? "Token has been expired or revoked." : "Malformed auth code.";
    }
}
