package dev.lifeline.poller.application.consent;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Accounts.Identified;
import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.application.Catalogue;
import dev.lifeline.poller.application.Provider;
import dev.lifeline.poller.application.Revocation;
import dev.lifeline.poller.application.Telemetry;
import dev.lifeline.poller.application.consent.Consents.Saved;
import dev.lifeline.poller.application.polling.Pacing;
import dev.lifeline.poller.domain.classification.TokenOutcome;
import dev.lifeline.poller.domain.classification.Tokens;
import dev.lifeline.poller.domain.classification.Verdict;
import dev.lifeline.poller.domain.grant.Credential;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a person back from a provider: redeems the code, finds out whose account it is, and keeps the grant. The same
 * connector goes on with the same account; another one is refused, and what was just granted for it is given back.
 */
public final class CompleteConsent {

    private static final int HTTP_OK = 200;

    /** RFC 6749 section 4.1.2.1: what is no answer to the person's consent. */
    private static final Map<String, Refusal> CALLBACK_ERRORS = Map.of(
            "server_error", Refusal.PROVIDER_AWAY,
            "temporarily_unavailable", Refusal.PROVIDER_AWAY,
            "invalid_request", Refusal.OPERATOR_FAULT,
            "unauthorized_client", Refusal.OPERATOR_FAULT,
            "unsupported_response_type", Refusal.OPERATOR_FAULT,
            "invalid_scope", Refusal.OPERATOR_FAULT);

    private final Catalogue catalogue;
    private final Authorizations authorizations;
    private final Consents consents;
    private final Revocation revocation;
    private final Pacing pacing;
    private final Function<String, URI> callback;
    private final Runnable due;
    private final Telemetry telemetry;
    private final Clock clock;

    /**
     * @param callback where a provider, by its id, was told to send people back to
     * @param due told when a consent has made connectors due
     */
    public CompleteConsent(
            Catalogue catalogue,
            Authorizations authorizations,
            Consents consents,
            Revocation revocation,
            Pacing pacing,
            Function<String, URI> callback,
            Runnable due,
            Telemetry telemetry,
            Clock clock) {
        this.catalogue = catalogue;
        this.authorizations = authorizations;
        this.consents = consents;
        this.revocation = revocation;
        this.pacing = pacing;
        this.callback = callback;
        this.due = due;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Completed {

        /**
         * The consent is kept. The connector it was asked for comes first, then whatever else reads by it.
         *
         * @param connectors those that can read by it
         * @param lacking those that can not, as a permission was left out
         */
        record Connected(List<String> connectors, List<String> lacking) implements Completed {

            public Connected {
                connectors = List.copyOf(connectors);
                lacking = List.copyOf(lacking);
            }
        }

        /** The person said no; nothing was changed. */
        record Denied() implements Completed {}

        /** The person consented for another account than the connector reads; nothing was changed. */
        record OtherAccount(String expected, String got) implements Completed {}

        /**
         * It did not come about; nothing was changed.
         *
         * @param code what the provider called it; null when that says nothing
         */
        record Refused(Refusal why, @Nullable String code) implements Completed {}

        /** There is no such provider. */
        record NoProvider() implements Completed {}
    }

    /** What a provider sent a person back with. */
    public record Callback(
            @Nullable String state,
            @Nullable String code,
            @Nullable String error) {
        @Override
        public String toString() {
            return "Callback[error " + error + "]";
        }
    }

    /** Completes. {@code browserNonce} is that of the cookie; null without one. */
    public Completed complete(String providerId, Callback callback, @Nullable String browserNonce) {
        Optional<Provider> provider = catalogue.provider(providerId);
        if (provider.isEmpty()) {
            return new Completed.NoProvider();
        }
        if (callback.state() == null || browserNonce == null) {
            return new Completed.Refused(Refusal.STATE_UNKNOWN, null);
        }
        Completed completed = authorizations
                .finish(callback.state(), Fingerprint.of(browserNonce), providerId)
                .map(pending -> complete(pending, provider.get(), callback))
                .orElse(new Completed.Refused(Refusal.STATE_UNKNOWN, null));
        telemetry.consent(providerId, name(completed));
        if (completed instanceof Completed.Refused refused && refused.why() == Refusal.OPERATOR_FAULT) {
            telemetry.operatorFault(providerId, Objects.requireNonNullElse(refused.code(), "unknown"));
        }
        return completed;
    }

    private Completed complete(PendingAuthorization pending, Provider provider, Callback callback) {
        if ("access_denied".equals(callback.error())) {
            return new Completed.Denied();
        }
        if (callback.error() != null || callback.code() == null) {
            Refusal why = CALLBACK_ERRORS.getOrDefault(String.valueOf(callback.error()), Refusal.PROVIDER_REFUSED);
            return new Completed.Refused(why, callback.error());
        }
        TokenOutcome outcome = provider.tokens()
                .exchange(
                        callback.code(),
                        pending.codeVerifier(),
                        this.callback.apply(provider.id()),
                        pacing.callTimeout());
        return switch (outcome) {
            case TokenOutcome.Granted granted -> identify(pending, provider, granted.tokens());
            case TokenOutcome.Refused refused -> refused(refused.verdict());
        };
    }

    private Completed identify(PendingAuthorization pending, Provider provider, Tokens tokens) {
        return switch (provider.accounts().identify(tokens, pending.nonce(), pacing.callTimeout())) {
            case Account account -> keep(pending, provider, tokens, account);
            case Identified.Unidentified unidentified -> unidentified(unidentified.verdict());
        };
    }

    /** What was granted is not given back: somebody may live on that account, and whose it is nobody knows. */
    private static Completed unidentified(Verdict verdict) {
        boolean away = verdict.failureClass() == FailureClass.TRANSIENT && verdict.httpStatus() != HTTP_OK;
        return new Completed.Refused(away ? Refusal.PROVIDER_AWAY : Refusal.ACCOUNT_UNKNOWN, verdict.errorCode());
    }

    private Completed keep(PendingAuthorization pending, Provider provider, Tokens tokens, Account account) {
        Set<String> scopes = tokens.scopes() == null ? pending.scopes() : tokens.scopes();
        Consent consent = new Consent(
                pending.userId(),
                provider.id(),
                Set.of(pending.connector()),
                account,
                scopes,
                Credential.of(tokens, pacing.refreshMargin(), clock.instant()));
        return switch (consents.save(consent)) {
            case Saved.Kept kept -> {
                due.run();
                yield connected(first(pending.connector(), kept.connectors()), scopes);
            }
            case Saved.OtherAccount other -> {
                giveBack(provider, tokens, account);
                yield new Completed.OtherAccount(other.expected(), account.name());
            }
            case Saved.NoRefreshToken none -> {
                giveBack(provider, tokens, account);
                yield new Completed.Refused(Refusal.NO_REFRESH_TOKEN, null);
            }
        };
    }

    private Completed connected(List<String> connectors, Set<String> granted) {
        List<String> lacking = connectors.stream()
                .filter(name -> !granted.containsAll(catalogue.scopesOf(Set.of(name))))
                .toList();
        List<String> reading =
                connectors.stream().filter(name -> !lacking.contains(name)).toList();
        return new Completed.Connected(reading, lacking);
    }

    private static List<String> first(String first, Set<String> all) {
        return Stream.concat(
                        Stream.of(first),
                        all.stream().filter(name -> !name.equals(first)).sorted())
                .toList();
    }

    /** To revoke a token may end all that an account has granted us: so not where somebody lives on it. */
    private void giveBack(Provider provider, Tokens tokens, Account account) {
        if (!consents.knowsAccount(provider.id(), account.subject())) {
            revocation.revoke(
                    provider.id(), tokens.refreshToken() == null ? tokens.accessToken() : tokens.refreshToken());
        }
    }

    private static Completed refused(Verdict verdict) {
        Refusal why = switch (verdict.failureClass()) {
            case TRANSIENT -> Refusal.PROVIDER_AWAY;
            case CONFIG -> Refusal.OPERATOR_FAULT;
            case REAUTH, ADMIN -> Refusal.PROVIDER_REFUSED;
        };
        return new Completed.Refused(why, verdict.errorCode());
    }

    private static String name(Completed completed) {
        return switch (completed) {
            case Completed.Connected connected -> "connected";
            case Completed.Denied denied -> "denied";
            case Completed.OtherAccount other -> "other_account";
            case Completed.Refused refused -> refused.why().name().toLowerCase(Locale.ROOT);
            case Completed.NoProvider none -> "no_provider";
        };
    }
}
