package dev.lifeline.poller.adapter.provider;

import dev.lifeline.poller.adapter.provider.ProviderSettings.ClientAuthentication;
import dev.lifeline.poller.domain.classification.ProviderKind;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider is and what it wants, complete: from the settings, or, where they name no token endpoint, from what is
 * well known of its kind.
 */
record Endpoints(
        ProviderKind kind,
        URI authorization,
        URI token,
        @Nullable URI revocation,
        @Nullable URI userinfo,
        @Nullable String issuer,
        @Nullable URI keys,
        Map<String, URI> apis,
        String clientId,
        String clientSecret,
        ClientAuthentication clientAuthentication) {

    Endpoints {
        apis = Map.copyOf(apis);
    }

    /**
     * The endpoints of a provider.
     *
     * @throws IllegalArgumentException naming the setting that is missing
     */
    static Endpoints of(String id, ProviderSettings settings) {
        ProviderSettings complete = settings.tokenUri() == null ? WellKnown.fill(settings) : settings;
        return new Endpoints(
                complete.kind(),
                needed(complete.authorizationUri(), id, "authorization-uri"),
                needed(complete.tokenUri(), id, "token-uri"),
                complete.revokeUri(),
                complete.userinfoUri(),
                complete.issuer(),
                complete.jwksUri(),
                Objects.requireNonNullElse(complete.apis(), Map.of()),
                needed(complete.clientId(), id, "client-id"),
                needed(complete.clientSecret(), id, "client-secret"),
                Objects.requireNonNullElse(complete.clientAuthentication(), ClientAuthentication.POST));
    }

    /** What is asked for besides, so that the account can be named and the grant outlives the access token. */
    Set<String> identityScopes() {
        return switch (kind) {
            case GOOGLE -> Set.of("openid", "email");
            case MICROSOFT -> Set.of("openid", "email", "profile", "offline_access");
            case SLACK, GITHUB -> Set.of();
            case GENERIC -> issuer == null ? Set.of() : Set.of("openid", "email");
        };
    }

    String scopeSeparator() {
        return kind == ProviderKind.SLACK ? "," : " ";
    }

    /** A refresh token comes with offline access, and again only with consent. */
    Map<String, String> authorizationParameters() {
        return kind == ProviderKind.GOOGLE
                ? Map.of("access_type", "offline", "prompt", "consent", "include_granted_scopes", "true")
                : Map.of();
    }

    @Override
    public String toString() {
        return "Endpoints[" + kind + ", " + token + "]";
    }

    private static <T> T needed(@Nullable T value, String id, String name) {
        if (value == null) {
            throw new IllegalArgumentException("lifeline.providers." + id + "." + name + " is missing");
        }
        return value;
    }
}
