package dev.lifeline.standalone;

import dev.lifeline.standalone.home.Announcement;
import dev.lifeline.standalone.settings.Settings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** {@code token USER}: asks the sandbox provider of a running {@code up} for a demo user's bearer token. */
final class TokenCommand {

    private TokenCommand() {}

    /**
     * The token.
     *
     * @throws CannotStartException when nothing runs that could give one, or there is no such user
     */
    static String run(Map<String, String> environment, String user) {
        Path home = Settings.homeFrom(environment);
        Announcement running = Announcement.of(home)
                .orElseThrow(() -> new CannotStartException(
                        "nothing runs on " + home + "; start it with ./lifeline up, or set LIFELINE_HOME"));
        URI sandbox = running.sandbox();
        if (sandbox == null) {
            throw new CannotStartException("what runs on " + home
                    + " has no demo users; take a token with 'lifeline' in its audience from your own issuer");
        }
        return request(sandbox, user);
    }

    private static String request(URI sandbox, String user) {
        String name = URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
        try {
            return SandboxControl.at(sandbox)
                    .post("/control/users/" + name + "/token")
                    .required("token")
                    .asString();
        } catch (SandboxControl.UnknownException e) {
            throw new CannotStartException(
                    "there is no demo user '" + user + "'; there are alice, bob, ops and auditor", e);
        }
    }
}
