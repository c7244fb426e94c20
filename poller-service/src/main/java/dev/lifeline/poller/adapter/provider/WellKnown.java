package dev.lifeline.poller.adapter.provider;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the providers that everybody knows are, as their documentation says. */
final class WellKnown {
    private WellKnown() {}

    /** Settings with what they leave open; a generic provider is known to nobody. */
    static ProviderSettings fill(ProviderSettings given) {
        return switch (given.kind()) {
            case GOOGLE ->
                of(
                        given,
                        "https://accounts.google.com/o/oauth2/v2/auth",
                        "https://oauth2.googleapis.com/token",
                        "https://oauth2.googleapis.com/revoke",
                        "https://openidconnect.googleapis.com/v1/userinfo",
                        "https://accounts.google.com",
                        "https://www.googleapis.com/oauth2/v3/certs",
                        Map.of(
                                GmailPoll.API, URI.create("https://gmail.googleapis.com"),
                                CalendarPoll.API, URI.create("https://www.googleapis.com")));
            case MICROSOFT ->
                of(
                        given,
                        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
                        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
                        null,
                        "https://graph.microsoft.com/oidc/userinfo",
                        "https://login.microsoftonline.com/{tenantid}/v2.0",
                        "https://login.microsoftonline.com/common/discovery/v2.0/keys",
                        Map.of());
            case SLACK ->
                of(
                        given,
                        "https://slack.com/oauth/v2/authorize",
                        "https://slack.com/api/oauth.v2.access",
                        null,
                        "https://slack.com/api/auth.test",
                        null,
                        null,
                        Map.of());
            case GITHUB ->
                of(
                        given,
                        "https://github.com/login/oauth/authorize",
                        "https://github.com/login/oauth/access_token",
                        null,
                        "https://api.github.com/user",
                        null,
                        null,
                        Map.of());
            case GENERIC -> given;
        };
    }

    private static ProviderSettings of(
            ProviderSettings given,
            String authorization,
            String token,
            @Nullable String revocation,
            String userinfo,
            @Nullable String issuer,
            @Nullable String keys,
            Map<String, URI> apis) {
        return new ProviderSettings(
                given.kind(),
                first(given.authorizationUri(), authorization),
                URI.create(token),
                first(given.revokeUri(), revocation),
                first(given.userinfoUri(), userinfo),
                given.issuer() != null ? given.issuer() : issuer,
                first(given.jwksUri(), keys),
                given.apis() != null ? given.apis() : apis,
                given.clientId(),
                given.clientSecret(),
                given.clientAuthentication());
    }

    private static @Nullable URI first(@Nullable URI given, @Nullable String known) {
        return given != null || known == null ? given : URI.create(known);
    }
}
