package dev.lifeline.poller.adapter.provider;

import dev.lifeline.poller.application.Poll;
import dev.lifeline.poller.application.Provider;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** The providers of an installation, made from its settings. */
public final class Providers {

    private Providers() {}

    /**
     * By id. They share one pool of connections; nothing is called yet.
     *
     * @throws IllegalArgumentException naming the setting that is missing or not known
     */
    public static Map<String, Provider> of(Map<String, ProviderSettings> settings, Clock clock) {
        Calls calls = Calls.pooled();
        Map<String, Provider> providers = new TreeMap<>();
        settings.forEach((id, each) -> providers.put(id, provider(id, Endpoints.of(id, each), calls, clock)));
        return Map.copyOf(providers);
    }

    private static Provider provider(String id, Endpoints endpoints, Calls calls, Clock clock) {
        Map<String, Poll> polls = new TreeMap<>();
        endpoints.apis().forEach((name, base) -> polls.put(name, poll(id, name, base, endpoints, calls)));
        return new Provider(
                id,
                new OAuthTokenEndpoint(endpoints, calls),
                new OpenIdAccounts(endpoints, calls, IdTokens.of(endpoints, calls, clock)),
                polls);
    }

    private static Poll poll(String id, String name, URI base, Endpoints endpoints, Calls calls) {
        Api api = new Api(endpoints.kind(), base, calls);
        return switch (name) {
            case GmailPoll.API -> new GmailPoll(api);
            case CalendarPoll.API -> new CalendarPoll(api);
            default ->
                throw new IllegalArgumentException("lifeline.providers." + id + ".apis." + name
                        + ": no such API; there are gmail and google-calendar");
        };
    }
}
