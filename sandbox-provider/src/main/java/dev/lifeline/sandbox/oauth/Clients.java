package dev.lifeline.sandbox.oauth;

import dev.lifeline.sandbox.SandboxProperties;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * The two clients that Lifeline has here: one signs people in, the other connects their mail and calendar. They are two so
 * that a token made for mail is never taken for a sign-in. Both must bring PKCE. A third is the demo assistant's, which is
 * no part of Lifeline.
 */
@Configuration(proxyBeanMethods = false)
public class Clients {

    /** Signs people in; its tokens are JWTs with {@code aud} {@code lifeline}. */
    public static final String SIGN_IN = "lifeline";

    /** Reads mail and calendars; its tokens are opaque. */
    public static final String CONNECT = "lifeline-connect";

    /** Reads, sorts and sends mail, while somebody has it switched on; gets its tokens from the control interface. */
    public static final String ASSISTANT = "demo-assistant";

    private static final Duration AS_GOOD_AS_FOR_EVER = Duration.ofDays(3650);

    @Bean
    RegisteredClientRepository registeredClients(SandboxProperties properties) {
        return new InMemoryRegisteredClientRepository(List.of(
                signIn(properties.publicUrl()),
                connect(properties.publicUrl(), properties.accessTokenLife()),
                assistant()));
    }

    private static RegisteredClient signIn(URI lifeline) {
        return confidential(SIGN_IN, "sandbox-secret-web", "Lifeline (sign-in)")
                .redirectUri(lifeline + "/login/oauth2/code/sandbox")
                .postLogoutRedirectUri(lifeline + "/")
                .scopes(scopes -> scopes.addAll(Scopes.IDENTITY))
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(Duration.ofHours(1))
                        .build())
                .build();
    }

    private static RegisteredClient connect(URI lifeline, Duration accessTokenLife) {
        return confidential(CONNECT, "sandbox-secret-connect", "Lifeline")
                .redirectUri(lifeline + "/oauth/sandbox/callback")
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .scopes(scopes -> {
                    scopes.addAll(Scopes.IDENTITY);
                    scopes.addAll(Set.copyOf(Scopes.DATA));
                })
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(true)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                        .accessTokenTimeToLive(accessTokenLife)
                        .refreshTokenTimeToLive(AS_GOOD_AS_FOR_EVER)
                        .reuseRefreshTokens(true)
                        .build())
                .build();
    }

    private static RegisteredClient assistant() {
        return RegisteredClient.withId(ASSISTANT)
                .clientId(ASSISTANT)
                .clientName("Demo assistant")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .scope(Scopes.GMAIL_MODIFY)
                .build();
    }

    private static RegisteredClient.Builder confidential(String id, String secret, String name) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(secret)
                .clientName(name)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE);
    }
}
