package dev.lifeline.standalone;

import dev.lifeline.standalone.settings.Mode;
import dev.lifeline.standalone.settings.Mode.Client;
import dev.lifeline.standalone.settings.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Where connectors are connected: at the sandbox provider or at Google, in the services' own settings.
 *
 * @param id the provider's name in routes
 * @param settings the poller's settings of it
 */
record Providers(String id, Map<String, String> settings) {

    private static final Client SANDBOX_CLIENT = new Client("lifeline-connect", "sandbox-secret-connect");

    static Providers of(Settings settings) {
        return switch (settings.mode()) {
            case Mode.Sandbox sandbox -> new Providers("sandbox", sandbox(settings.sandboxUrl()));
            case Mode.Real real -> new Providers("google", client("google", real.google()));
        };
    }

    /** For every service that knows the catalogue. */
    Map<String, String> ofCatalogue() {
        return Map.of(
                "lifeline.connectors.gmail.provider", id,
                "lifeline.connectors.google-calendar.provider", id);
    }

    /** For the poller, which also calls them. */
    Map<String, String> ofPoller() {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(ofCatalogue());
        return all;
    }

    private static Map<String, String> sandbox(URI origin) {
        String prefix = "lifeline.providers.sandbox.";
        Map<String, String> all = new HashMap<>(client("sandbox", SANDBOX_CLIENT));
        all.put(prefix + "authorization-uri", origin + "/oauth2/authorize");
        all.put(prefix + "token-uri", origin + "/oauth2/token");
        all.put(prefix + "revoke-uri", origin + "/oauth2/revoke");
        all.put(prefix + "userinfo-uri", origin + "/userinfo");
        all.put(prefix + "jwks-uri", origin + "/oauth2/jwks");
        all.put(prefix + "issuer", origin.toString());
        all.put(prefix + "apis.gmail", origin.toString());
        all.put(prefix + "apis.google-calendar", origin.toString());
        return all;
    }

    private static Map<String, String> client(String id, Client client) {
        String prefix = "lifeline.providers." + id + ".";
        return Map.of(
                prefix + "kind", "google",
                prefix + "client-id", client.id(),
                prefix + "client-secret", client.secret());
    }
}
