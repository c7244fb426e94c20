package dev.lifeline.standalone;

import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.application.consent.AdoptGrant;
import dev.lifeline.poller.domain.classification.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Alice's grant: she has mail and calendar connected when one starts Lifeline for the first time. */
final class DemoGrant {

    private static final String USER = "alice";
    private static final UUID USER_ID = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final Set<String> CONNECTORS = Set.of("gmail", "google-calendar");

    private DemoGrant() {}

    /** Has her consent at the sandbox provider, and the poller keep what comes of it. */
    static void give(URI sandbox, AdoptGrant poller) {
        JsonNode given = SandboxControl.at(sandbox).post("/control/users/" + USER + "/consent");
        Tokens tokens = new Tokens(
                given.required("accessToken").asString(),
                given.required("refreshToken").asString(),
                Duration.ofSeconds(given.required("expiresIn").asLong()),
                null,
                null);
        Account account = new Account(
                given.required("subject").asString(), given.required("account").asString());
        poller.adopt(USER_ID, "sandbox", CONNECTORS, account, tokens);
    }
}
