package dev.lifeline.query.adapter.security;

import dev.lifeline.query.QueryProperties;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.AwayException;
import dev.lifeline.query.application.Readings;
import dev.lifeline.query.application.Sessions;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Which requests are let through, and who asks. What is not for everybody is for nobody unless it is said here. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {

    private static final String AUDITOR = "auditor";
    private static final String OPERATOR = "operator";
    private static final Duration ISSUER_CONNECTS_WITHIN = Duration.ofSeconds(2);
    private static final Duration ISSUER_ANSWERS_WITHIN = Duration.ofSeconds(5);

    @Bean
    Cookie sessionCookie(QueryProperties properties) {
        return new Cookie("lifeline_session", "/", properties.publicUrl());
    }

    @Bean
    SessionContexts sessionContexts(
            Sessions sessions, Cookie sessionCookie, ConnectTickets tickets, QueryProperties properties) {
        return new SessionContexts(
                sessions, sessionCookie, tickets, properties.query().session().longest());
    }

    /** With event loops of this service alone, so that it neither ends with others nor ends theirs. */
    @Bean
    WebClient issuerHttp(ReactorResourceFactory loops) {
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(
                        loops,
                        http -> http.option(
                                        ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) ISSUER_CONNECTS_WITHIN.toMillis())
                                .responseTimeout(ISSUER_ANSWERS_WITHIN)))
                .build();
    }

    @Bean
    Issuer issuer(QueryProperties properties, WebClient issuerHttp) {
        QueryProperties.SignIn settings = properties.query().signIn();
        URI callback = UriComponentsBuilder.fromUri(properties.publicUrl())
                .replacePath("/login/oauth2/code/" + settings.name())
                .build()
                .toUri();
        return new Issuer(
                new Issuer.Settings(
                        settings.name(),
                        settings.issuer(),
                        settings.clientId(),
                        settings.clientSecret(),
                        settings.scopes(),
                        callback.toString()),
                issuerHttp);
    }

    @Bean
    ReactiveJwtDecoder bearerTokens(QueryProperties properties, WebClient issuerHttp) {
        return BearerTokens.decoder(properties.query().signIn().issuer().toString(), issuerHttp);
    }

    @Bean
    SignIn signIn(
            Issuer issuer,
            SessionContexts contexts,
            QueryProperties properties,
            WebClient issuerHttp,
            JsonMapper json,
            Clock clock) {
        Cookie cookie = new Cookie("lifeline_sign_in", "/login", properties.publicUrl());
        Box box = new Box(properties.ticketKeyBytes(), "lifeline sign-in");
        return new SignIn(
                issuer,
                new SignInRequests(cookie, box, json, clock),
                contexts,
                issuerHttp,
                new PublicAddress(properties.publicUrl()));
    }

    @Bean
    ConnectTickets connectTickets(QueryProperties properties, Cookie sessionCookie, Clock clock) {
        Cookie cookie = new Cookie("lifeline_connect", "/oauth", properties.publicUrl());
        return new ConnectTickets(properties.ticketKeyBytes(), sessionCookie, cookie, UUID::randomUUID, clock);
    }

    /** Addresses and headers with which others have been deceived; refused before anything else looks at them. */
    @Bean
    ServerExchangeRejectedHandler oddRequests() {
        return (exchange, rejected) -> Mono.error(ProblemException.badRequest(
                "The address or a header is written in a way that is not let through, such as with ;, // or %2F."));
    }

    @Bean
    SecurityWebFilterChain security(
            ServerHttpSecurity http,
            QueryProperties properties,
            SignIn signIn,
            SessionContexts contexts,
            ReactiveJwtDecoder bearerTokens,
            Cookie sessionCookie,
            Readings readings) {
        CsrfTokens csrf = new CsrfTokens(sessionCookie);
        return http.securityContextRepository(contexts)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .httpBasic(HttpBasicSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .csrf(spec -> protect(spec, csrf))
                .headers(headers -> SecurityHeaders.of(properties).writeTo(headers))
                .oauth2ResourceServer(bearer -> bearer.jwt(jwt -> jwt.jwtDecoder(bearerTokens)
                                .jwtAuthenticationConverter(token -> Mono.just(BearerTokens.authentication(token))))
                        .authenticationFailureHandler((exchange, failure) -> Mono.error(refused(failure))))
                .logout(LogoutSpec::disable)
                .addFilterAt(signIn.beginning(), SecurityWebFiltersOrder.HTTP_BASIC)
                .addFilterAt(signIn.end(), SecurityWebFiltersOrder.AUTHENTICATION)
                .addFilterAfter(new OwnUserOnly(readings), SecurityWebFiltersOrder.AUTHORIZATION)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(SecurityConfiguration::demandSignIn)
                        .accessDeniedHandler((exchange, denied) ->
                                Mono.error(ProblemException.forbidden("This is not for you, or not with this token."))))
                .authorizeExchange(exchanges -> exchanges
                        .pathMatchers("/actuator/health/**")
                        .permitAll()
                        .pathMatchers("/actuator/**")
                        .access(callers(SecurityConfiguration::maySeeAll))
                        .pathMatchers("/connect/**")
                        .access(callers(SecurityConfiguration::mayConnect))
                        .pathMatchers(HttpMethod.GET, "/api/ops/**")
                        .access(callers(SecurityConfiguration::maySeeAll))
                        .pathMatchers("/api/ops/**")
                        .access(callers(SecurityConfiguration::mayOperate))
                        .pathMatchers(HttpMethod.GET, "/api/**")
                        .access(callers(SecurityConfiguration::mayRead))
                        .pathMatchers("/api/**")
                        .access(callers(SecurityConfiguration::mayChange))
                        .anyExchange()
                        .permitAll())
                .build();
    }

    private static void protect(CsrfSpec spec, CsrfTokens csrf) {
        spec.csrfTokenRepository(csrf)
                .requireCsrfProtectionMatcher(csrf.requiredFor())
                .accessDeniedHandler((exchange, denied) -> Mono.error(ProblemException.forbidden("The header "
                        + CsrfTokens.HEADER + " does not hold the token of this session; GET /api/me has it.")));
    }

    /** Whoever is signed in. An agent may propose actions, which is not asked for here. */
    private static AuthorizationDecision mayRead(CallerAuthentication caller) {
        return new AuthorizationDecision(!caller.getPrincipal().agent());
    }

    /** An auditor reads, and changes nothing. */
    private static AuthorizationDecision mayChange(CallerAuthentication caller) {
        boolean auditor = caller.getPrincipal().person().roles().contains(AUDITOR);
        return new AuthorizationDecision(!caller.getPrincipal().agent() && !auditor);
    }

    private static AuthorizationDecision maySeeAll(CallerAuthentication caller) {
        boolean named = caller.getPrincipal().person().roles().stream()
                .anyMatch(role -> role.equals(OPERATOR) || role.equals(AUDITOR));
        return new AuthorizationDecision(named && mayRead(caller).isGranted());
    }

    private static AuthorizationDecision mayOperate(CallerAuthentication caller) {
        boolean operator = caller.getPrincipal().person().roles().contains(OPERATOR);
        return new AuthorizationDecision(operator && mayChange(caller).isGranted());
    }

    /** A ticket to connect is made out to the browser that asks for it, and leads to a change. */
    private static AuthorizationDecision mayConnect(CallerAuthentication caller) {
        boolean withBrowser = caller.getPrincipal().session() != null;
        return new AuthorizationDecision(withBrowser && mayChange(caller).isGranted());
    }

    private static ReactiveAuthorizationManager<AuthorizationContext> callers(
            Function<CallerAuthentication, AuthorizationDecision> rule) {
        return (authentication, context) -> authentication
                .ofType(CallerAuthentication.class)
                .<AuthorizationResult>map(rule)
                .defaultIfEmpty(new AuthorizationDecision(false));
    }

    /** A person who came to connect is sent to sign in; a program is told that it is not signed in. */
    private static Mono<Void> demandSignIn(ServerWebExchange exchange, AuthenticationException missing) {
        String path = exchange.getRequest().getPath().value();
        if (!path.startsWith("/connect/")) {
            return Mono.error(ProblemException.unauthorized("Sign in, or send a bearer token."));
        }
        exchange.getResponse().setStatusCode(HttpStatus.SEE_OTHER);
        exchange.getResponse().getHeaders().setLocation(SignIn.address(path));
        return exchange.getResponse().setComplete();
    }

    private static RuntimeException refused(AuthenticationException failure) {
        return failure instanceof AuthenticationServiceException
                ? new AwayException("The sign-in service does not answer, so no token can be checked.", failure)
                : ProblemException.unauthorized("The bearer token is not valid here, or has expired.");
    }
}
