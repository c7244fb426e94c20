package dev.lifeline.sandbox.google;

import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.sandbox.consent.Grants;
import dev.lifeline.sandbox.oauth.Scopes;
import java.util.Collection;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/** Who may use the APIs: whoever has a valid access token with the scope of the API. */
@Configuration(proxyBeanMethods = false)
class GoogleSecurity {

    private static final String SCOPE = "SCOPE_";

    @Bean
    OpaqueTokenIntrospector introspector(Grants grants) {
        return token -> grants.ofAccessToken(token)
                .map(found ->
                        principal(found.grant().account(), found.accessToken().scopes()))
                .orElseThrow(() -> new BadOpaqueTokenException("the token is not valid, or no longer"));
    }

    @Bean
    @Order(3)
    SecurityFilterChain apis(HttpSecurity http, OpaqueTokenIntrospector introspector) {
        return http.securityMatcher("/gmail/**", "/calendar/**")
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/gmail/**")
                        .hasAnyAuthority(SCOPE + Scopes.GMAIL_READONLY, SCOPE + Scopes.GMAIL_MODIFY)
                        .requestMatchers("/gmail/**")
                        .hasAuthority(SCOPE + Scopes.GMAIL_MODIFY)
                        .requestMatchers("/calendar/**")
                        .hasAuthority(SCOPE + Scopes.CALENDAR_READONLY))
                .oauth2ResourceServer(server -> server.opaqueToken(tokens -> tokens.introspector(introspector))
                        .authenticationEntryPoint((request, response, cause) -> {
                            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
                            GoogleErrors.INVALID_CREDENTIALS.write(response);
                        })
                        .accessDeniedHandler(
                                (request, response, cause) -> GoogleErrors.INSUFFICIENT_SCOPES.write(response)))
                .build();
    }

    private static OAuth2AuthenticatedPrincipal principal(String account, Collection<String> scopes) {
        String subject = Accounts.named(account).orElseThrow().subject().toString();
        Collection<GrantedAuthority> authorities = AuthorityUtils.createAuthorityList(
                scopes.stream().map(SCOPE::concat).toList());
        return new DefaultOAuth2AuthenticatedPrincipal(subject, Map.of("sub", subject), authorities);
    }
}
