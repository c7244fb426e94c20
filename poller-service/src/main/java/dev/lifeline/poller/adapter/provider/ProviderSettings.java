package dev.lifeline.poller.adapter.provider;

import dev.lifeline.poller.domain.classification.ProviderKind;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one provider. Where no {@code tokenUri} is given, what is absent is filled in with what is well known of the
 * kind; where one is given, nothing is, so that nothing of one installation is sent to another. Prints no secret.
 *
 * @param kind by whose rules it is judged, and whose habits it has
 * @param authorizationUri where people consent
 * @param tokenUri the token endpoint
 * @param revokeUri RFC 7009; null when it has none
 * @param userinfoUri OpenID Connect userinfo; null when it has none
 * @param issuer the {@code iss} that ID tokens must carry
 * @param jwksUri the keys by which ID tokens are verified; without it, userinfo names the account
 * @param apis base address by the name of the API: {@code gmail}, {@code google-calendar}
 * @param clientId as registered there
 * @param clientSecret as registered there
 * @param clientAuthentication how the secret is presented; {@code post} unless said otherwise
 */
public record ProviderSettings(
        ProviderKind kind,
        @Nullable URI authorizationUri,
        @Nullable URI tokenUri,
        @Nullable URI revokeUri,
        @Nullable URI userinfoUri,
        @Nullable String issuer,
        @Nullable URI jwksUri,
        @Nullable Map<String, URI> apis,
        String clientId,
        String clientSecret,
        @Nullable ClientAuthentication clientAuthentication) {

    /** How a client proves itself at the token endpoint (RFC 6749 section 2.3.1). */
    public enum ClientAuthentication {
        POST,
        BASIC
    }

    @Override
    public String toString() {
        return "ProviderSettings[" + kind + ", " + tokenUri + ", client " + clientId + ", secret ***]";
    }
}
