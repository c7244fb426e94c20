package dev.lifeline.query.adapter.security;

import dev.lifeline.query.application.AwayException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeReactiveAuthenticationManager;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.authentication.ReactiveOidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.server.DefaultServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.server.OAuth2AuthorizationRequestRedirectWebFilter;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizationCodeAuthenticationTokenConverter;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Signing in by OpenID Connect, with PKCE. {@code GET /login?return=PATH} leads to the issuer, which sends people back to
 * {@code /login/oauth2/code/NAME}, and from there they go on to where they wanted. What goes wrong ends on the first
 * page, which says so.
 */
final class SignIn {

    private static final Logger log = LoggerFactory.getLogger(SignIn.class);

    private static final URI FAILED = URI.create("/?notice=sign_in_failed");
    private static final URI AWAY = URI.create("/?notice=sign_in_unavailable");

    /** He said no, or came without a sign-in that this browser has begun and not ended. */
    private static final Set<String> OF_VISITORS =
            Set.of(OAuth2ErrorCodes.ACCESS_DENIED, "authorization_request_not_found", "invalid_state_parameter");

    private static final Pattern CODE = Pattern.compile("\\w{1,64}");

    private static final ServerWebExchangeMatcher LOGIN =
            new PathPatternParserServerWebExchangeMatcher("/login", HttpMethod.GET);
    private static final ServerWebExchangeMatcher CALLBACK =
            new PathPatternParserServerWebExchangeMatcher("/login/oauth2/code/*", HttpMethod.GET);

    private final Issuer issuer;
    private final SignInRequests requests;
    private final ServerSecurityContextRepository contexts;
    private final WebClient http;
    private final PublicAddress publicAddress;
    /** By where the issuer's keys are; each keeps them. */
    private final Map<String, ReactiveJwtDecoder> idTokens = new ConcurrentHashMap<>();

    SignIn(
            Issuer issuer,
            SignInRequests requests,
            ServerSecurityContextRepository contexts,
            WebClient http,
            PublicAddress publicAddress) {
        this.issuer = issuer;
        this.requests = requests;
        this.contexts = contexts;
        this.http = http;
        this.publicAddress = publicAddress;
    }

    /** The address at which to sign in and then go on to that one. */
    static URI address(String returnTo) {
        return UriComponentsBuilder.fromPath("/login")
                .queryParam("return", "{path}")
                .encode()
                .buildAndExpand(returnTo)
                .toUri();
    }

    /** Sends people to the issuer, from the address that it will send them back to. */
    WebFilter beginning() {
        DefaultServerOAuth2AuthorizationRequestResolver resolver =
                new DefaultServerOAuth2AuthorizationRequestResolver(issuer, this::asRegistration);
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        OAuth2AuthorizationRequestRedirectWebFilter filter = new OAuth2AuthorizationRequestRedirectWebFilter(resolver);
        filter.setAuthorizationRequestRepository(requests);
        filter.setRequestCache(NoOpServerRequestCache.getInstance());
        return at(
                LOGIN,
                (exchange, chain) -> publicAddress
                        .insteadOf(exchange.getRequest())
                        .map(where -> redirect(exchange, where))
                        .orElseGet(() -> filter.filter(exchange, chain)));
    }

    /** Takes those in whom the issuer sends back. */
    WebFilter end() {
        AuthenticationWebFilter filter = new AuthenticationWebFilter(manager());
        filter.setRequiresAuthenticationMatcher(CALLBACK);
        filter.setServerAuthenticationConverter(converter());
        filter.setSecurityContextRepository(contexts);
        filter.setAuthenticationSuccessHandler((exchange, authentication) -> {
            String returnTo = SignInRequests.returnTo(exchange.getExchange());
            return redirect(exchange.getExchange(), URI.create(returnTo));
        });
        filter.setAuthenticationFailureHandler((exchange, failure) -> {
            note(failure);
            return redirect(exchange.getExchange(), FAILED);
        });
        return at(CALLBACK, filter);
    }

    /** What a visitor can not have caused is for the operator to mend: of itself it would look like nobody wanting in. */
    private static void note(AuthenticationException failure) {
        String code = failure instanceof OAuth2AuthenticationException refused
                ? refused.getError().getErrorCode()
                : failure.getClass().getSimpleName();
        if (!OF_VISITORS.contains(code)) {
            // Visitors can write into it as well.
            log.warn(
                    "nobody may be able to sign in: {}; look at lifeline.query.sign-in, at Lifeline's redirect address at"
                            + " the issuer, and at the clock",
                    CODE.matcher(code).matches() ? code : "an answer without a known code");
        }
    }

    private ReactiveAuthenticationManager manager() {
        WebClientReactiveAuthorizationCodeTokenResponseClient tokens =
                new WebClientReactiveAuthorizationCodeTokenResponseClient();
        tokens.setWebClient(http);
        OidcAuthorizationCodeReactiveAuthenticationManager manager =
                new OidcAuthorizationCodeReactiveAuthenticationManager(
                        tokens,
                        // The ID token says all that is to be known of a person.
                        request -> Mono.just(new DefaultOidcUser(List.of(), request.getIdToken())));
        manager.setJwtDecoderFactory(registration -> idTokens.computeIfAbsent(
                registration.getProviderDetails().getJwkSetUri(), keys -> idTokens(registration, keys)));
        return manager;
    }

    /** Takes the issuer's ID tokens for us; of its own the factory would ask for keys without a limit of time. */
    private ReactiveJwtDecoder idTokens(ClientRegistration registration, String keys) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSetUri(keys)
                .webClient(http)
                .jwsAlgorithms(algorithms -> algorithms.addAll(BearerTokens.ALGORITHMS))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(ReactiveOidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return BearerTokens.orAway(decoder);
    }

    private ServerAuthenticationConverter converter() {
        ServerOAuth2AuthorizationCodeAuthenticationTokenConverter converter =
                new ServerOAuth2AuthorizationCodeAuthenticationTokenConverter(issuer);
        converter.setAuthorizationRequestRepository(requests);
        return exchange -> converter
                .convert(exchange)
                .onErrorMap(
                        OAuth2AuthorizationException.class, e -> new OAuth2AuthenticationException(e.getError(), e));
    }

    private Mono<MatchResult> asRegistration(ServerWebExchange exchange) {
        return LOGIN.matches(exchange)
                .filter(MatchResult::isMatch)
                .flatMap(match -> MatchResult.match(Map.of(
                        DefaultServerOAuth2AuthorizationRequestResolver.DEFAULT_REGISTRATION_ID_URI_VARIABLE_NAME,
                        issuer.registrationId())))
                .switchIfEmpty(MatchResult.notMatch());
    }

    /** That filter at that address alone, and the first page where the issuer does not answer. */
    private static WebFilter at(ServerWebExchangeMatcher address, WebFilter filter) {
        return (exchange, chain) -> address.matches(exchange)
                .flatMap(match -> match.isMatch() ? orAway(exchange, chain, filter) : chain.filter(exchange));
    }

    private static Mono<Void> orAway(ServerWebExchange exchange, WebFilterChain chain, WebFilter filter) {
        return filter.filter(exchange, chain)
                .onErrorResume(
                        failure -> failure instanceof AwayException || failure instanceof WebClientRequestException,
                        failure -> redirect(exchange, AWAY));
    }

    private static Mono<Void> redirect(ServerWebExchange exchange, URI where) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.SEE_OTHER);
        response.getHeaders().set(HttpHeaders.LOCATION, where.toString());
        return response.setComplete();
    }
}
