package dev.lifeline.query.adapter.security;

import dev.lifeline.query.application.AwayException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * The issuer that people sign in with, found by OpenID Connect Discovery 1.0. It is asked when somebody first signs in,
 * so that we start without it, and again until it answers.
 */
final class Issuer implements ReactiveClientRegistrationRepository {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BELIEVED_FOR = Duration.ofMinutes(10);

    private final Mono<ClientRegistration> registration;
    private final Settings settings;

    /**
     * Us, as the issuer knows us.
     *
     * @param name of the registration, part of the redirect address
     * @param redirectUri where it sends people back to
     */
    record Settings(
            String name, URI issuer, String clientId, String clientSecret, List<String> scopes, String redirectUri) {

        /** Shows no secret. */
        @Override
        public String toString() {
            return "Settings[" + name + ", " + issuer + ", " + clientId + "]";
        }
    }

    Issuer(Settings settings, WebClient http) {
        this.settings = settings;
        URI metadata = UriComponentsBuilder.fromUri(settings.issuer())
                .path("/.well-known/openid-configuration")
                .build()
                .toUri();
        this.registration = http.get()
                .uri(metadata)
                .retrieve()
                .bodyToMono(new ParameterizedTypeReference<Map<String, Object>>() {})
                .timeout(PATIENCE)
                .map(this::register)
                .onErrorMap(failure -> new AwayException("The sign-in service does not answer.", failure))
                .cache(found -> BELIEVED_FOR, failure -> Duration.ZERO, () -> Duration.ZERO);
    }

    @Override
    public Mono<ClientRegistration> findByRegistrationId(String name) {
        return settings.name().equals(name) ? registration : Mono.empty();
    }

    String registrationId() {
        return settings.name();
    }

    /** Where people are to be sent so that the issuer signs them out as well; empty where it offers no such place. */
    Mono<URI> signOut(String idToken, URI afterwards) {
        return registration
                .mapNotNull(found ->
                        found.getProviderDetails().getConfigurationMetadata().get("end_session_endpoint"))
                .map(endpoint -> UriComponentsBuilder.fromUriString(endpoint.toString())
                        .queryParam("id_token_hint", idToken)
                        .queryParam("post_logout_redirect_uri", afterwards)
                        .encode()
                        .build()
                        .toUri())
                .onErrorComplete(AwayException.class);
    }

    private ClientRegistration register(Map<String, Object> metadata) {
        String issuer = Optional.ofNullable(metadata.get("issuer"))
                .map(Object::toString)
                .orElse("");
        if (!issuer.equals(settings.issuer().toString())) {
            throw new IllegalStateException("the metadata of " + settings.issuer() + " is of another: " + issuer);
        }
        return ClientRegistrations.fromOidcConfiguration(metadata)
                .registrationId(settings.name())
                .clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .scope(settings.scopes())
                .redirectUri(settings.redirectUri())
                .build();
    }
}
