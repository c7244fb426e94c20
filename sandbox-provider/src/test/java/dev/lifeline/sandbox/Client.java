package dev.lifeline.sandbox;

import static dev.lifeline.sandbox.Browser.encode;
import static dev.lifeline.sandbox.Browser.json;

import dev.lifeline.sandbox.consent.Tokens;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client of the provider, as Lifeline has two. */
record Client(String id, String secret, String redirectUri) {

    static final String VERIFIER = "a-verifier-that-is-long-enough-to-be-one-of-those-43-characters";
    static final String GMAIL = "https://www.googleapis.com/auth/gmail.readonly";
    static final String CALENDAR = "https://www.googleapis.com/auth/calendar.readonly";

    static final Client CONNECT =
            new Client("lifeline-connect", "sandbox-secret-connect", "http://127.0.0.1:8080/oauth/sandbox/callback");
    static final Client SIGN_IN =
            new Client("lifeline", "sandbox-secret-web", "http://127.0.0.1:8080/login/oauth2/code/sandbox");

    /** Where a browser is sent to begin. */
    String authorizationRequest(String scopes, String more) {
        // The challenge of PKCE is made as the fingerprint of a token is.
        return "/oauth2/authorize?response_type=code&client_id=" + id + "&redirect_uri=" + encode(redirectUri)
                + "&scope=" + encode(scopes) + "&state=the-state&code_challenge_method=S256&code_challenge="
                + Tokens.fingerprint(VERIFIER) + more;
    }

    HttpResponse<String> exchange(Browser program, URI callback, String verifier) {
        return token(
                program,
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        Browser.parameter(callback, "code").orElseThrow(() -> new AssertionError(callback)),
                        "redirect_uri",
                        redirectUri,
                        "code_verifier",
                        verifier));
    }

    HttpResponse<String> refresh(Browser program, String refreshToken) {
        return token(program, Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    HttpResponse<String> token(Browser program, Map<String, String> form) {
        return post(program, "/oauth2/token", form);
    }

    HttpResponse<String> post(Browser program, String endpoint, Map<String, String> form) {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return program.postForm(endpoint, new LinkedHashMap<>(form), "Authorization", "Basic " + basic);
    }

    static String field(HttpResponse<String> response, String name) {
        return json(response).required(name).stringValue();
    }
}
