package dev.lifeline.standalone;

import dev.lifeline.standalone.settings.Mode;
import dev.lifeline.standalone.settings.Mode.Client;
import dev.lifeline.standalone.settings.Settings;
import java.net.URI;
import java.util.Map;

/** Where people sign in, in query-api's settings: at the sandbox provider, or at an issuer of the operator's. */
final class SignIn {

    private static final Client SANDBOX_CLIENT = new Client("lifeline", "sandbox-secret-web");

    private SignIn() {}

    static Map<String, String> of(Settings settings) {
        return switch (settings.mode()) {
            case Mode.Sandbox sandbox -> at("sandbox", settings.sandboxUrl(), SANDBOX_CLIENT);
            case Mode.Real real -> at("issuer", real.issuer(), real.signIn());
        };
    }

    /** Who vouches for people and programs. */
    static URI issuer(Settings settings) {
        return switch (settings.mode()) {
            case Mode.Sandbox sandbox -> settings.sandboxUrl();
            case Mode.Real real -> real.issuer();
        };
    }

    private static Map<String, String> at(String name, URI issuer, Client client) {
        String prefix = "lifeline.query.sign-in.";
        return Map.of(
                prefix + "name", name,
                prefix + "issuer", issuer.toString(),
                prefix + "client-id", client.id(),
                prefix + "client-secret", client.secret());
    }
}
