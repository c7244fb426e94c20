package dev.lifeline.query;

import dev.lifeline.query.domain.Catalogue;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of query-api, under {@code lifeline}. Durations are written {@code 5s} or {@code PT5S}.
 *
 * @param publicUrl under which people come; https makes cookies Secure and sends HSTS
 * @param ticketKey base64 of the key, of at least 32 bytes, that query-api and poller-service share
 * @param pollInterval how often connectors are polled, by which patience is measured
 * @param connectors what can be connected, by name
 * @param query what concerns query-api alone
 */
@Validated
@ConfigurationProperties("lifeline")
public record QueryProperties(
        @NotNull(
                message =
                        "lifeline.public-url is missing: give the address that people use, such as https://lifeline.example.org")
        URI publicUrl,

        @NotBlank(
                message =
                        "lifeline.ticket-key is missing: give query-api and poller-service the same 32 random bytes in base64")
        String ticketKey,

        @DefaultValue("60s") Duration pollInterval,
        @NotEmpty Map<String, @Valid Connector> connectors,
        @DefaultValue @Valid Query query) {

    private static final int LEAST_KEY_BYTES = 32;

    public QueryProperties {
        requirePositive("lifeline.poll-interval", pollInterval);
    }

    /**
     * A connector that can be had.
     *
     * @param label as people read it
     */
    public record Connector(
            @NotBlank String provider, @NotBlank String label) {}

    /**
     * What concerns query-api alone.
     *
     * @param commandPatience how long the answer to a command may wait for its effect
     * @param databasePatience after how long without an answer the database counts as away
     */
    public record Query(
            @DefaultValue @Valid SignIn signIn,
            @DefaultValue @Valid SessionLife session,
            @DefaultValue("2s") Duration commandPatience,
            @DefaultValue("2s") Duration databasePatience) {

        public Query {
            requirePositive("lifeline.query.command-patience", commandPatience);
            requirePositive("lifeline.query.database-patience", databasePatience);
        }
    }

    /**
     * The OpenID Connect issuer that people sign in with, and that makes the bearer tokens.
     *
     * @param name part of the address it sends people back to, {@code /login/oauth2/code/NAME}
     */
    public record SignIn(
            @DefaultValue("issuer") String name,

            @NotNull(
                    message =
                            "lifeline.query.sign-in.issuer is missing: give the address of the OpenID issuer, such as https://id.example.org")
            URI issuer,

            @NotBlank(message = "lifeline.query.sign-in.client-id is missing: give the one that the issuer knows")
            String clientId,

            @NotBlank(message = "lifeline.query.sign-in.client-secret is missing: give the one that the issuer knows")
            String clientSecret,

            @DefaultValue({"openid", "profile", "email"}) List<String> scopes) {

        /** Shows no secret. */
        @Override
        public String toString() {
            return "SignIn[" + name + ", " + issuer + ", " + clientId + "]";
        }
    }

    /**
     * How long people stay signed in.
     *
     * @param idle after how long without a request a session expires
     * @param longest after how long it expires, however much it is used
     */
    public record SessionLife(
            @DefaultValue("24h") Duration idle,
            @DefaultValue("14d") Duration longest) {

        public SessionLife {
            requirePositive("lifeline.query.session.idle", idle);
            requirePositive("lifeline.query.session.longest", longest);
        }
    }

    /** The shared key. */
    public byte[] ticketKeyBytes() {
        byte[] key = decoded(ticketKey);
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("lifeline.ticket-key has " + key.length + " bytes, it needs 32");
        }
        return key;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("lifeline.ticket-key is not base64", e);
        }
    }

    /** What can be connected, by label: settings from several places have no order. */
    public Catalogue catalogue() {
        return new Catalogue(connectors.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().label()))
                .map(entry -> new Catalogue.Offer(
                        entry.getKey(),
                        entry.getValue().label(),
                        entry.getValue().provider()))
                .toList());
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "QueryProperties[" + publicUrl + ", " + pollInterval + ", " + connectors + ", " + query + "]";
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " is " + duration + ", it must be longer than nothing");
        }
    }
}
