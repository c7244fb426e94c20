package dev.lifeline.sandbox.assistant;

import dev.lifeline.sandbox.SandboxProperties;
import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.consent.Grant;
import dev.lifeline.sandbox.consent.Grants;
import dev.lifeline.sandbox.consent.Tokens;
import dev.lifeline.sandbox.oauth.Clients;
import dev.lifeline.sandbox.oauth.Scopes;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Whether an account has the demo assistant switched on: it has, while a grant to it stands. So switching it off and taking
 * its access away are the same, however that is done.
 */
@Component
public class AssistantSwitch {

    private final Grants grants;
    private final SandboxProperties properties;
    private final Clock clock;

    AssistantSwitch(Grants grants, SandboxProperties properties, Clock clock) {
        this.grants = grants;
        this.properties = properties;
        this.clock = clock;
    }

    public boolean isOn(Account account) {
        return grant(account).isPresent();
    }

    /** Switches it; nothing changes when it is so already. */
    public synchronized void turn(Account account, boolean on) {
        if (!on) {
            grants.revoke(account.name(), Clients.ASSISTANT);
        } else if (!isOn(account)) {
            grants.issue(account.name(), Clients.ASSISTANT, Set.of(Scopes.GMAIL_MODIFY), properties.accessTokenLife());
        }
    }

    /** A new access token for the account's mail; absent when it is switched off. */
    public Optional<String> mailToken(Account account) {
        return grant(account).map(grant -> {
            Instant now = clock.instant();
            String token = Tokens.newAccessToken(account.name());
            grants.issued(
                    grant.id(),
                    new Grant.AccessToken(
                            Tokens.fingerprint(token), grant.scopes(), now, now.plus(properties.accessTokenLife())));
            return token;
        });
    }

    private Optional<Grant> grant(Account account) {
        return grants.of(account.name()).stream()
                .filter(grant -> grant.clientId().equals(Clients.ASSISTANT))
                .findFirst();
    }
}
