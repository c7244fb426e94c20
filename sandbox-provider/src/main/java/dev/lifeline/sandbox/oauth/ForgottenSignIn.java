package dev.lifeline.sandbox.oauth;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Signs out whose sign-in is no longer known here, because there was a restart since: the ID token, however old, is proof
 * enough that the client had signed somebody in, and says which client may be gone back to.
 *
 * @see <a href="https://openid.net/specs/openid-connect-rpinitiated-1_0.html">RP-Initiated Logout, 2 and 3</a>
 */
@Component
final class ForgottenSignIn implements AuthenticationFailureHandler {

    private final NimbusJwtDecoder decoder;
    private final RegisteredClientRepository clients;

    ForgottenSignIn(JWKSource<SecurityContext> keys, RegisteredClientRepository clients) {
        this.decoder = NimbusJwtDecoder.withJwkSource(keys).build();
        this.clients = clients;
        decoder.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        Optional<Jwt> hint =
                Optional.ofNullable(request.getParameter("id_token_hint")).flatMap(this::ours);
        Optional<URI> back = hint.flatMap(token -> wayBack(token, request.getParameter("post_logout_redirect_uri")));
        if (hint.isEmpty() || back.isEmpty()) {
            response.sendError(
                    HttpStatus.BAD_REQUEST.value(),
                    "This sign-out names nobody who was signed in here, or no way back.");
            return;
        }
        Authentication present = SecurityContextHolder.getContext().getAuthentication();
        if (present != null && present.getName().equals(hint.get().getSubject())) {
            new SecurityContextLogoutHandler().logout(request, response, present);
        }
        response.sendRedirect(UriComponentsBuilder.fromUri(back.get())
                .queryParamIfPresent("state", Optional.ofNullable(request.getParameter("state")))
                .encode()
                .toUriString());
    }

    private Optional<Jwt> ours(String token) {
        try {
            return Optional.of(decoder.decode(token));
        } catch (JwtException e) {
            return Optional.empty();
        }
    }

    /** Where the client that the token was made for has registered that it may be gone back to. */
    private Optional<URI> wayBack(Jwt token, @Nullable String wanted) {
        return Objects.requireNonNullElse(token.getAudience(), List.<String>of()).stream()
                .map(clients::findByClientId)
                .filter(Objects::nonNull)
                .flatMap(client -> client.getPostLogoutRedirectUris().stream())
                .filter(registered -> registered.equals(wanted))
                .map(URI::create)
                .findFirst();
    }
}
