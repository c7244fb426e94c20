package dev.lifeline.sandbox.oauth;

import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.sandbox.consent.Grant;
import dev.lifeline.sandbox.consent.Grant.AccessToken;
import dev.lifeline.sandbox.consent.Grants;
import dev.lifeline.sandbox.consent.Tokens;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Component;

/**
 * The authorizations of Spring Authorization Server, kept as what outlives them: {@link Grants}. An authorization is
 * pending until it has a refresh token; from then on it is a grant, and is made up from that whenever it is asked for.
 */
@Component
class GrantAuthorizations implements OAuth2AuthorizationService {

    private final Grants grants;
    private final PendingAuthorizations pending;
    private final RegisteredClientRepository clients;
    private final Clock clock;

    GrantAuthorizations(Grants grants, PendingAuthorizations pending, RegisteredClientRepository clients, Clock clock) {
        this.grants = grants;
        this.pending = pending;
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        OAuth2Authorization.Token<OAuth2RefreshToken> refreshToken = authorization.getRefreshToken();
        OAuth2Authorization.Token<OAuth2AccessToken> accessToken = authorization.getAccessToken();
        if (refreshToken == null && grants.find(authorization.getId()).isEmpty()) {
            pending.save(authorization);
        } else if (isInvalidated(refreshToken) || isInvalidated(accessToken)) {
            remove(authorization);
        } else if (refreshToken != null && accessToken != null) {
            AccessToken issued = noted(accessToken.getToken());
            if (pending.remove(authorization.getId())) {
                grants.add(grant(authorization, refreshToken.getToken(), issued));
            } else {
                grants.issued(authorization.getId(), issued);
            }
        }
    }

    /** Ends it. As at Google, ending one token ends all that the account gave to the client. */
    @Override
    public void remove(OAuth2Authorization authorization) {
        if (!pending.remove(authorization.getId())) {
            Account account = Accounts.ofSubject(authorization.getPrincipalName());
            grants.revoke(account.name(), authorization.getRegisteredClientId());
        }
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return pending.find(id)
                .or(() -> grants.find(id).map(grant -> restored(grant).build()))
                .orElse(null);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        Optional<OAuth2Authorization> found = pending.holding(token, type);
        if (type == null || OAuth2TokenType.REFRESH_TOKEN.equals(type)) {
            found = found.or(() -> grants.ofRefreshToken(token).map(grant -> withRefreshToken(grant, token)));
        }
        if (type == null || OAuth2TokenType.ACCESS_TOKEN.equals(type)) {
            found = found.or(() -> grants.ofAccessToken(token).map(each -> withAccessToken(each, token)));
        }
        return found.orElse(null);
    }

    private static boolean isInvalidated(OAuth2Authorization.@Nullable Token<?> token) {
        return token != null && token.isInvalidated();
    }

    private static Grant grant(OAuth2Authorization from, OAuth2RefreshToken refreshToken, AccessToken accessToken) {
        return new Grant(
                from.getId(),
                Accounts.ofSubject(from.getPrincipalName()).name(),
                from.getRegisteredClientId(),
                from.getAuthorizedScopes(),
                accessToken.issuedAt(),
                Tokens.fingerprint(refreshToken.getTokenValue()),
                List.of(accessToken));
    }

    private static AccessToken noted(OAuth2AccessToken token) {
        return new AccessToken(
                Tokens.fingerprint(token.getTokenValue()),
                token.getScopes(),
                Objects.requireNonNull(token.getIssuedAt(), "an access token says when it was issued"),
                Objects.requireNonNull(token.getExpiresAt(), "an access token says when it expires"));
    }

    private OAuth2Authorization withRefreshToken(Grant grant, String token) {
        Duration life = client(grant).getTokenSettings().getRefreshTokenTimeToLive();
        return restored(grant)
                .refreshToken(new OAuth2RefreshToken(
                        token, grant.since(), grant.since().plus(life)))
                .build();
    }

    private OAuth2Authorization withAccessToken(Grants.Found found, String token) {
        AccessToken details = found.accessToken();
        return restored(found.grant())
                .accessToken(new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER,
                        token,
                        details.issuedAt(),
                        details.expiresAt(),
                        details.scopes()))
                .build();
    }

    private OAuth2Authorization.Builder restored(Grant grant) {
        String subject = Accounts.named(grant.account()).orElseThrow().subject().toString();
        return OAuth2Authorization.withRegisteredClient(client(grant))
                .id(grant.id())
                .principalName(subject)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizedScopes(grant.scopes())
                .attribute(
                        Principal.class.getName(),
                        UsernamePasswordAuthenticationToken.authenticated(subject, null, List.of()))
                .token(restoredIdToken(subject, grant.since()));
    }

    /** Stands in for the ID token that was given with the grant, from which a refresh takes over who it is about. */
    private OidcIdToken restoredIdToken(String subject, Instant since) {
        Instant now = clock.instant();
        return new OidcIdToken(
                "restored", now, now.plus(Duration.ofHours(1)), Map.of("sub", subject, "auth_time", Date.from(since)));
    }

    private RegisteredClient client(Grant grant) {
        return Objects.requireNonNull(clients.findById(grant.clientId()), "a client that there was");
    }
}
