package dev.lifeline.poller.adapter.provider;

import com.google.api.client.auth.oauth2.AuthorizationCodeRequestUrl;
import com.google.api.client.auth.oauth2.AuthorizationCodeTokenRequest;
import com.google.api.client.auth.oauth2.ClientParametersAuthentication;
import com.google.api.client.auth.oauth2.RefreshTokenRequest;
import com.google.api.client.auth.oauth2.TokenRequest;
import com.google.api.client.http.BasicAuthentication;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpExecuteInterceptor;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.UrlEncodedContent;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import dev.lifeline.poller.application.TokenEndpoint;
import dev.lifeline.poller.domain.classification.Answer;
import dev.lifeline.poller.domain.classification.TokenEndpointAnswers;
import dev.lifeline.poller.domain.classification.TokenOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * OAuth 2 with the requests of google-oauth-client; what comes back is judged by {@link TokenEndpointAnswers}.
 *
 * @see <a href="https://developers.google.com/identity/protocols/oauth2/web-server">OAuth 2.0 for web server applications</a>
 */
final class OAuthTokenEndpoint implements TokenEndpoint {
    private static final int MOST_BYTES = 1 << 20;
    private static final JsonFactory JSON = GsonFactory.getDefaultInstance();

    private final Endpoints endpoints;
    private final Calls calls;

    OAuthTokenEndpoint(Endpoints endpoints, Calls calls) {
        this.endpoints = endpoints;
        this.calls = calls;
    }

    @Override
    public URI authorizationUri(Authorization authorization) {
        var url = new AuthorizationCodeRequestUrl(endpoints.authorization().toString(), endpoints.clientId());
        url.setRedirectUri(authorization.redirectUri().toString())
                .setState(authorization.state())
                .set("nonce", authorization.nonce());
        url.setCodeChallenge(Pkce.challenge(authorization.codeVerifier()));
        url.setCodeChallengeMethod(Pkce.METHOD);
        Set<String> scopes = new TreeSet<>(authorization.scopes());
        scopes.addAll(endpoints.identityScopes());
        url.set("scope", String.join(endpoints.scopeSeparator(), scopes));
        endpoints.authorizationParameters().forEach(url::set);
        if (authorization.loginHint() != null) {
            url.set("login_hint", authorization.loginHint());
        }
        return url.toURI();
    }

    @Override
    public TokenOutcome exchange(String code, String codeVerifier, URI redirectUri, Duration within) {
        OneCall call = call(within);
        return judge(
                call,
                new AuthorizationCodeTokenRequest(call, JSON, tokenUrl(), code)
                        .setRedirectUri(redirectUri.toString())
                        .set("code_verifier", codeVerifier));
    }

    @Override
    public TokenOutcome refresh(String refreshToken, Duration within) {
        OneCall call = call(within);
        return judge(call, new RefreshTokenRequest(call, JSON, tokenUrl(), refreshToken));
    }

    @Override
    public boolean revoke(String token, Duration within) {
        URI revocation = endpoints.revocation();
        if (revocation == null) {
            return false;
        }
        OneCall call = call(within);
        Map<String, Object> form = new HashMap<>(Map.of("token", token));
        try {
            HttpRequest request = call.createRequestFactory(OAuthTokenEndpoint::plain)
                    .buildPostRequest(new GenericUrl(revocation), new UrlEncodedContent(form));
            request.setInterceptor(client()).execute().disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException("a transport that never fails failed", e);
        }
        int status = call.answer().status();
        return status >= 200 && status <= 299;
    }

    private TokenOutcome judge(OneCall call, TokenRequest request) {
        try {
            request.setRequestInitializer(OAuthTokenEndpoint::plain)
                    .setClientAuthentication(client())
                    .executeUnparsed()
                    .disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException("a transport that never fails failed", e);
        }
        Answer answer = call.answer();
        return TokenEndpointAnswers.judge(answer);
    }

    private OneCall call(Duration within) {
        return new OneCall(calls, endpoints.kind(), within, MOST_BYTES);
    }

    private GenericUrl tokenUrl() {
        return new GenericUrl(endpoints.token());
    }

    private HttpExecuteInterceptor client() {
        return switch (endpoints.clientAuthentication()) {
            case POST -> new ClientParametersAuthentication(endpoints.clientId(), endpoints.clientSecret());
            case BASIC -> new BasicAuthentication(endpoints.clientId(), endpoints.clientSecret());
        };
    }

    /** Nothing followed, nothing tried again, nothing logged: at level CONFIG the library would print tokens. */
    private static void plain(HttpRequest request) {
        request.setFollowRedirects(false)
                .setNumberOfRetries(0)
                .setLoggingEnabled(false)
                .setCurlLoggingEnabled(false)
                .setThrowExceptionOnExecuteError(false)
                .setSuppressUserAgentSuffix(true)
                .setHeaders(new HttpHeaders()
                        .setAccept("application/json")
                        .setAcceptEncoding("identity")
                        .setUserAgent("Lifeline"));
    }
}
