package dev.lifeline.sandbox.page;

import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.sandbox.oauth.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The page on which somebody decides what a client may do. */
@RestController
final class ConsentController {

    private static final OAuth2TokenType STATE = new OAuth2TokenType("state");

    private final Templates templates;
    private final RegisteredClientRepository clients;
    private final OAuth2AuthorizationService authorizations;

    ConsentController(
            Templates templates, RegisteredClientRepository clients, OAuth2AuthorizationService authorizations) {
        this.templates = templates;
        this.clients = clients;
        this.authorizations = authorizations;
    }

    record Choice(String scope, String text, String id) {}

    @GetMapping("/consent")
    ResponseEntity<String> consent(
            @RequestParam("client_id") String clientId,
            @RequestParam("scope") String requested,
            @RequestParam String state,
            Principal principal,
            CsrfToken csrf) {
        RegisteredClient client = clients.findByClientId(clientId);
        if (client == null) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "There is no such client.");
        }
        Set<String> scopes = Set.of(requested.split(" "));
        String account = Accounts.ofSubject(principal.getName()).email();
        return templates.page(
                "consent",
                csrf,
                Map.of(
                        "client", client.getClientName(),
                        "clientId", clientId,
                        "state", state,
                        "account", account,
                        "another",
                                expected(state)
                                        .filter(expected -> !expected.equalsIgnoreCase(account))
                                        .map(List::of)
                                        .orElse(List.of()),
                        "identity", choices(List.copyOf(Scopes.IDENTITY), scopes),
                        "data", choices(Scopes.DATA, scopes)));
    }

    /** Begins the same request anew, for somebody else to sign in. */
    @PostMapping("/consent/other-account")
    ResponseEntity<Void> otherAccount(
            @RequestParam String state,
            Authentication authentication,
            HttpServletRequest request,
            HttpServletResponse response) {
        OAuth2Authorization pending = authorizations.findByToken(state, STATE);
        if (pending == null || !pending.getPrincipalName().equals(authentication.getName())) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "This request is over. Begin again where you came from.");
        }
        OAuth2AuthorizationRequest again = requestOf(pending);
        authorizations.remove(pending);
        new SecurityContextLogoutHandler().logout(request, response, authentication);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(again.getAuthorizationRequestUri()))
                .build();
    }

    /** Whose account the client said that it asks for (OpenID Connect Core, section 3.1.2.1, {@code login_hint}). */
    private Optional<String> expected(String state) {
        return Optional.ofNullable(authorizations.findByToken(state, STATE))
                .map(pending -> requestOf(pending).getAdditionalParameters().get("login_hint"))
                .map(Object::toString);
    }

    private static OAuth2AuthorizationRequest requestOf(OAuth2Authorization pending) {
        return Objects.requireNonNull(pending.getAttribute(OAuth2AuthorizationRequest.class.getName()));
    }

    private static List<Choice> choices(List<String> all, Set<String> requested) {
        return all.stream()
                .filter(requested::contains)
                .filter(scope -> !scope.equals("openid"))
                .map(scope -> new Choice(
                        scope, Scopes.describe(scope), "scope-" + scope.substring(scope.lastIndexOf('/') + 1)))
                .toList();
    }
}
