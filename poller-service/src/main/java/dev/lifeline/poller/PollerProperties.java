package dev.lifeline.poller;

import dev.lifeline.poller.adapter.provider.ProviderSettings;
import dev.lifeline.poller.application.ConnectorKind;
import dev.lifeline.poller.application.polling.Pacing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of poller-service, under {@code lifeline}. Durations are written {@code 5s} or {@code PT5S}. Wrong ones stop
 * the start.
 *
 * @param publicUrl the one address under which people reach Lifeline, such as {@code http://127.0.0.1:8080}
 * @param ticketKey base64 of the 32 bytes or more that query-api signs tickets with
 * @param pollInterval from one poll of a connector to the next; 60 s unless said otherwise
 * @param connectors what can be connected, by name
 * @param providers where it can be connected, by id
 * @param poller what concerns this service alone
 */
@ConfigurationProperties("lifeline")
public record PollerProperties(
        URI publicUrl,
        String ticketKey,
        @DefaultValue("60s") Duration pollInterval,
        Map<String, Connector> connectors,
        Map<String, ProviderSettings> providers,
        @DefaultValue Poller poller) {

    public PollerProperties {
        demand(
                publicUrl,
                "lifeline.public-url is missing: give the address that people use, such as https://lifeline.example.org");
        demand(
                ticketKey,
                "lifeline.ticket-key is missing: give query-api and poller-service the same 32 random bytes in base64");
        demand(connectors, "lifeline.connectors is missing: name what can be connected");
        demand(providers, "lifeline.providers is missing: name where it can be connected");
        connectors = Map.copyOf(connectors);
        providers = Map.copyOf(providers);
    }

    /**
     * What can be connected.
     *
     * @param provider the id of its provider
     * @param api the name of that provider's API
     * @param scopes what a grant must allow
     */
    public record Connector(String provider, String api, Set<String> scopes) {}

    /**
     * What concerns this service alone, under {@code lifeline.poller}.
     *
     * @param instance a name that this process has at every start and no other has at the same time; with it, leases that a
     *     killed process left behind end at the next start. Without it they end by themselves, after {@code lease}
     * @param concurrency how many connectors of a provider are polled at a time
     * @param lease how long a claim belongs to whoever took it; longer than {@code callTimeout} twice and
     *     {@code publishReserve}
     * @param callTimeout the longest that a provider is waited for in one call; an attempt may take two, one to poll and one
     *     to refresh
     * @param publishReserve what is kept of a lease for publishing and saving; longer than twice {@code max.block.ms} and
     *     {@code delivery.timeout.ms} of the producer together
     * @param refreshMargin how long before it expires an access token is renewed
     * @param keyset Tink's JSON of the keyset that encrypts credentials; from a secret store
     * @param keysetFile where the keyset lies when it is not given; made when it is missing, with mode 600
     */
    public record Poller(
            @Nullable String instance,
            @DefaultValue("32") int concurrency,
            @DefaultValue("30s") Duration lease,
            @DefaultValue("8s") Duration callTimeout,
            @DefaultValue("10s") Duration publishReserve,
            @DefaultValue("60s") Duration refreshMargin,
            @Nullable String keyset,
            @Nullable Path keysetFile) {

        public Poller {
            if (concurrency < 1) {
                throw new IllegalArgumentException(
                        "lifeline.poller.concurrency must be at least 1, not " + concurrency);
            }
        }

        @Override
        public String toString() {
            return "Poller[instance " + instance + ", concurrency " + concurrency + ", lease " + lease + "]";
        }
    }

    /** The catalogue's kinds. */
    public List<ConnectorKind> kinds() {
        return connectors.entrySet().stream()
                .map(entry -> new ConnectorKind(
                        entry.getKey(),
                        entry.getValue().provider(),
                        entry.getValue().api(),
                        entry.getValue().scopes()))
                .toList();
    }

    public Pacing pacing() {
        return new Pacing(
                pollInterval, poller.lease(), poller.callTimeout(), poller.publishReserve(), poller.refreshMargin());
    }

    public byte[] ticketKeyBytes() {
        try {
            return Base64.getDecoder().decode(ticketKey);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("lifeline.ticket-key is not base64", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "PollerProperties[" + publicUrl + ", every " + pollInterval + ", " + connectors.keySet() + "]";
    }

    private static void demand(@Nullable Object value, String message) {
        if (value == null) {
            throw new IllegalArgumentException(message);
        }
    }
}
