package dev.lifeline.sandbox.oauth;

import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.sandbox.consent.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/** What tokens are made of: JWTs that say who somebody is, opaque ones that stand for a grant. */
@Configuration(proxyBeanMethods = false)
class TokenGenerators {

    @Bean
    OAuth2TokenGenerator<OAuth2Token> tokenGenerator(JwtEncoder encoder, Clock clock) {
        JwtGenerator jwts = new JwtGenerator(encoder);
        jwts.setJwtCustomizer(
                context -> context.getClaims().claims(claims -> claims.putAll(identity(account(context)))));
        return new DelegatingOAuth2TokenGenerator(
                jwts, context -> accessToken(context, clock), context -> refreshToken(context, clock));
    }

    /** The claims that say who somebody is. */
    static Map<String, Object> identity(Account account) {
        return Map.of(
                "email", account.email(),
                "email_verified", true,
                "name", account.name(),
                "preferred_username", account.name(),
                "roles", account.roles());
    }

    private static @Nullable OAuth2AccessToken accessToken(OAuth2TokenContext context, Clock clock) {
        TokenSettings settings = context.getRegisteredClient().getTokenSettings();
        if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())
                || !OAuth2TokenFormat.REFERENCE.equals(settings.getAccessTokenFormat())) {
            return null;
        }
        Instant now = clock.instant();
        return new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER,
                Tokens.newAccessToken(account(context).name()),
                now,
                now.plus(settings.getAccessTokenTimeToLive()),
                context.getAuthorizedScopes());
    }

    private static @Nullable OAuth2RefreshToken refreshToken(OAuth2TokenContext context, Clock clock) {
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
            return null;
        }
        Instant now = clock.instant();
        Duration life = context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive();
        return new OAuth2RefreshToken(Tokens.newRefreshToken(account(context).name()), now, now.plus(life));
    }

    private static Account account(OAuth2TokenContext context) {
        Authentication principal = Objects.requireNonNull(context.getPrincipal(), "tokens are somebody's");
        return Accounts.ofSubject(principal.getName());
    }
}
