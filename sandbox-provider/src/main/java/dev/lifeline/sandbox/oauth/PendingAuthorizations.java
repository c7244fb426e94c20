package dev.lifeline.sandbox.oauth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.stereotype.Component;

/**
 * Authorizations under way, and sign-ins, which leave nothing behind. In memory only: who is interrupted by a restart
 * begins anew. Of too many the oldest is forgotten.
 *
 * <p>Thread-safe.
 */
@Component
class PendingAuthorizations {

    private static final int MOST = 1000;

    private final Map<String, OAuth2Authorization> byId = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OAuth2Authorization> eldest) {
            return size() > MOST;
        }
    };

    synchronized void save(OAuth2Authorization authorization) {
        byId.put(authorization.getId(), authorization);
    }

    /** Forgets it; whether it was there. */
    synchronized boolean remove(String id) {
        return byId.remove(id) != null;
    }

    synchronized Optional<OAuth2Authorization> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The one that holds that token; of any type when none is named. */
    synchronized Optional<OAuth2Authorization> holding(String token, @Nullable OAuth2TokenType type) {
        return byId.values().stream().filter(each -> holds(each, token, type)).findFirst();
    }

    private static boolean holds(OAuth2Authorization authorization, String token, @Nullable OAuth2TokenType type) {
        String name = type == null ? "" : type.getValue();
        return switch (name) {
            case OAuth2ParameterNames.STATE -> token.equals(authorization.getAttribute(OAuth2ParameterNames.STATE));
            case OAuth2ParameterNames.CODE -> isCode(authorization, token);
            case OAuth2ParameterNames.ACCESS_TOKEN -> isAccessToken(authorization, token);
            case "" -> isCode(authorization, token) || isAccessToken(authorization, token);
            default -> authorization.getToken(token) != null;
        };
    }

    private static boolean isCode(OAuth2Authorization authorization, String token) {
        var code = authorization.getToken(OAuth2AuthorizationCode.class);
        return code != null && code.getToken().getTokenValue().equals(token);
    }

    private static boolean isAccessToken(OAuth2Authorization authorization, String token) {
        var accessToken = authorization.getToken(OAuth2AccessToken.class);
        return accessToken != null && accessToken.getToken().getTokenValue().equals(token);
    }
}
