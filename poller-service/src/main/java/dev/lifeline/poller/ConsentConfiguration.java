package dev.lifeline.poller;

import dev.lifeline.poller.adapter.postgres.Credentials;
import dev.lifeline.poller.adapter.postgres.Database;
import dev.lifeline.poller.adapter.postgres.PostgresAuthorizations;
import dev.lifeline.poller.adapter.postgres.PostgresConsents;
import dev.lifeline.poller.adapter.ticket.SignedTickets;
import dev.lifeline.poller.application.Catalogue;
import dev.lifeline.poller.application.Revocation;
import dev.lifeline.poller.application.Telemetry;
import dev.lifeline.poller.application.Vault;
import dev.lifeline.poller.application.consent.AdoptGrant;
import dev.lifeline.poller.application.consent.BeginConsent;
import dev.lifeline.poller.application.consent.CompleteConsent;
import dev.lifeline.poller.application.consent.Consents;
import dev.lifeline.poller.application.polling.Pacing;
import dev.lifeline.poller.application.polling.Scheduler;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what connects and reconnects. Its secrets are made here. */
@Configuration(proxyBeanMethods = false)
class ConsentConfiguration {

    private static final Supplier<UUID> IDS = UUID::randomUUID;
    private static final int SECRET_BYTES = 32;

    @Bean
    PostgresConsents consents(Database database, Credentials credentials) {
        return new PostgresConsents(database, credentials, IDS);
    }

    @Bean
    PostgresAuthorizations authorizations(Database database, Vault vault) {
        return new PostgresAuthorizations(database, vault);
    }

    @Bean
    BeginConsent beginConsent(
            Catalogue catalogue,
            PollerProperties properties,
            PostgresAuthorizations authorizations,
            Consents consents,
            Clock clock) {
        return new BeginConsent(
                catalogue,
                new SignedTickets(properties.ticketKeyBytes(), clock),
                authorizations,
                consents,
                secrets(),
                callback(properties));
    }

    @Bean
    CompleteConsent completeConsent(
            Catalogue catalogue,
            PollerProperties properties,
            PostgresAuthorizations authorizations,
            Consents consents,
            Revocation revocation,
            Pacing pacing,
            Scheduler scheduler,
            Telemetry telemetry,
            Clock clock) {
        return new CompleteConsent(
                catalogue,
                authorizations,
                consents,
                revocation,
                pacing,
                callback(properties),
                scheduler::nudge,
                telemetry,
                clock);
    }

    @Bean
    AdoptGrant adoptGrant(Catalogue catalogue, Consents consents, Pacing pacing, Scheduler scheduler, Clock clock) {
        return new AdoptGrant(catalogue, consents, pacing, scheduler::nudge, clock);
    }

    private static Function<String, URI> callback(PollerProperties properties) {
        return provider -> properties.publicUrl().resolve("/oauth/" + provider + "/callback");
    }

    private static Supplier<String> secrets() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        };
    }
}
