package dev.lifeline.sandbox.oauth;

import dev.lifeline.sandbox.SandboxProperties;
import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.sandbox.consent.Grants;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationEndpointConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OidcConfigurer;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.oidc.OidcProviderConfiguration;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/** The endpoints of OAuth 2.1 and OpenID Connect. */
@Configuration(proxyBeanMethods = false)
class AuthorizationServerSecurity {

    @Bean
    AuthorizationServerSettings authorizationServerSettings(SandboxProperties properties) {
        return AuthorizationServerSettings.builder()
                .issuer(properties.issuer().toString())
                .build();
    }

    @Bean
    @Order(1)
    SecurityFilterChain authorizationServer(
            HttpSecurity http,
            Grants grants,
            AuthorizationServerSettings settings,
            JwtDecoder decoder,
            OpaqueTokenIntrospector introspector,
            ForgottenSignIn forgotten) {
        var server = new OAuth2AuthorizationServerConfigurer();
        return http.securityMatcher(server.getEndpointsMatcher())
                .with(
                        server,
                        endpoints -> endpoints
                                .authorizationEndpoint(endpoint -> askForConsent(endpoint, grants))
                                .clientAuthentication(
                                        clients -> clients.errorResponseHandler(TokenAnswers::clientRefused))
                                .tokenEndpoint(tokens -> tokens.accessTokenResponseHandler(TokenAnswers.given())
                                        .errorResponseHandler(TokenAnswers::refused))
                                .oidc(oidc -> identify(oidc, forgotten)))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(
                        resources -> resources.jwt(jwt -> jwt.authenticationManager(bearers(decoder, introspector))))
                .addFilterAfter(
                        new PromptFilter(settings.getAuthorizationEndpoint()), SecurityContextHolderFilter.class)
                .exceptionHandling(refusals -> refusals.defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint("/login"),
                        new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
                .build();
    }

    private static void askForConsent(OAuth2AuthorizationEndpointConfigurer endpoint, Grants grants) {
        endpoint.consentPage("/consent")
                .authenticationProviders(providers -> providers.forEach(provider -> {
                    if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider codes) {
                        codes.setAuthorizationConsentRequired(context -> isConsentRequired(context, grants));
                    }
                }));
    }

    private static void identify(OidcConfigurer oidc, ForgottenSignIn forgotten) {
        oidc.providerConfigurationEndpoint(
                        endpoint -> endpoint.providerConfigurationCustomizer(AuthorizationServerSecurity::describe))
                .userInfoEndpoint(endpoint -> endpoint.userInfoMapper(AuthorizationServerSecurity::userInfo))
                .logoutEndpoint(endpoint -> endpoint.errorResponseHandler(forgotten));
    }

    /** What the discovery document says beside what Spring finds out by itself. */
    private static void describe(OidcProviderConfiguration.Builder discovery) {
        discovery.scopes(scopes -> {
            scopes.clear();
            scopes.addAll(new TreeSet<>(Scopes.IDENTITY));
            scopes.addAll(Scopes.DATA);
        });
    }

    /** Bearer tokens at the userinfo endpoint: opaque ones stand for grants, others are JWTs. */
    private static AuthenticationManager bearers(JwtDecoder decoder, OpaqueTokenIntrospector introspector) {
        return new ProviderManager(
                new OpaqueTokenAuthenticationProvider(introspector), new JwtAuthenticationProvider(decoder));
    }

    /** Asks for consent where the client needs it, and it was not given before, or the client wants it asked again. */
    private static boolean isConsentRequired(
            OAuth2AuthorizationCodeRequestAuthenticationContext context, Grants grants) {
        var client = context.getRegisteredClient();
        if (!client.getClientSettings().isRequireAuthorizationConsent()) {
            return false;
        }
        OAuth2AuthorizationRequest request =
                Objects.requireNonNull(context.getAuthorizationRequest(), "consent is asked for a request");
        Object prompt = request.getAdditionalParameters().getOrDefault("prompt", "");
        if (Arrays.asList(prompt.toString().split(" ")).contains("consent")) {
            return true;
        }
        String subject = context.getAuthentication().getName();
        return !grants.scopes(Accounts.ofSubject(subject).name(), client.getClientId())
                .containsAll(request.getScopes());
    }

    private static OidcUserInfo userInfo(OidcUserInfoAuthenticationContext context) {
        String subject = context.getAuthorization().getPrincipalName();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", subject);
        claims.putAll(TokenGenerators.identity(Accounts.ofSubject(subject)));
        return new OidcUserInfo(claims);
    }
}
