package dev.lifeline.poller.application.consent;

import dev.lifeline.poller.application.Catalogue;
import dev.lifeline.poller.application.ConnectorKind;
import dev.lifeline.poller.application.Provider;
import dev.lifeline.poller.application.TokenEndpoint.Authorization;
import dev.lifeline.poller.application.consent.Consents.Expected;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a person to a provider. The ticket says who asked; the cookie says that it was in this very browser, so that nobody
 * can be led to connect his account to another's connector.
 */
public final class BeginConsent {

    /** How long a person may take at the provider. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private final Catalogue catalogue;
    private final Tickets tickets;
    private final Authorizations authorizations;
    private final Consents consents;
    private final Supplier<String> secrets;
    private final Function<String, URI> callback;

    /**
     * @param secrets unguessable, 43 to 128 unreserved characters
     * @param callback where a provider, by its id, is to send people back to
     */
    public BeginConsent(
            Catalogue catalogue,
            Tickets tickets,
            Authorizations authorizations,
            Consents consents,
            Supplier<String> secrets,
            Function<String, URI> callback) {
        this.catalogue = catalogue;
        this.tickets = tickets;
        this.authorizations = authorizations;
        this.consents = consents;
        this.secrets = secrets;
        this.callback = callback;
    }

    /** What came of it. */
    public sealed interface Begun {

        /** The person is to go there. */
        record Redirect(URI to) implements Begun {}

        /** Nothing was begun. */
        record Refused(Refusal why) implements Begun {}

        /** There is no such provider. */
        record NoProvider() implements Begun {}
    }

    /** Begins. {@code browserNonce} is that of the cookie; null without one. */
    public Begun begin(String providerId, @Nullable String ticketText, @Nullable String browserNonce) {
        Optional<Provider> provider = catalogue.provider(providerId);
        if (provider.isEmpty()) {
            return new Begun.NoProvider();
        }
        Optional<Ticket> ticket = Optional.ofNullable(ticketText).flatMap(tickets::read);
        if (ticket.isEmpty()) {
            return new Begun.Refused(Refusal.TICKET_INVALID);
        }
        if (browserNonce == null || !Fingerprint.matches(ticket.get().browserHash(), browserNonce)) {
            return new Begun.Refused(Refusal.OTHER_BROWSER);
        }
        Optional<ConnectorKind> kind = catalogue
                .kind(ticket.get().connector())
                .filter(it -> it.provider().equals(providerId));
        if (kind.isEmpty()) {
            return new Begun.Refused(Refusal.UNKNOWN_CONNECTOR);
        }
        if (!authorizations.redeem(ticket.get())) {
            return new Begun.Refused(Refusal.TICKET_USED);
        }
        return new Begun.Redirect(authorize(ticket.get(), provider.get(), kind.get()));
    }

    private URI authorize(Ticket ticket, Provider provider, ConnectorKind kind) {
        Expected expected = consents.expected(ticket.userId(), provider.id(), kind.name());
        Set<String> scopes = new HashSet<>(catalogue.scopesOf(expected.connectors()));
        scopes.addAll(kind.scopes());
        String state = secrets.get();
        PendingAuthorization pending = new PendingAuthorization(
                ticket.userId(),
                kind.name(),
                provider.id(),
                scopes,
                ticket.browserHash(),
                secrets.get(),
                secrets.get());
        authorizations.begin(pending, state, LIFE);
        return provider.tokens()
                .authorizationUri(new Authorization(
                        callback.apply(provider.id()),
                        scopes,
                        state,
                        pending.codeVerifier(),
                        pending.nonce(),
                        expected.account()));
    }
}
