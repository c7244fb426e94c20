package dev.lifeline.sandbox.control;

import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.sandbox.agenda.Agenda;
import dev.lifeline.sandbox.consent.Grants;
import dev.lifeline.sandbox.fault.Faults;
import dev.lifeline.sandbox.fault.Mode;
import dev.lifeline.sandbox.fault.RequestCounts;
import dev.lifeline.sandbox.mailbox.Mailbox;
import dev.lifeline.sandbox.oauth.Clients;
import dev.lifeline.sandbox.oauth.Issuing;
import dev.lifeline.sandbox.oauth.Scopes;
import dev.lifeline.sandbox.state.StateFile;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The control interface: what the pages do by hand, for tests and the command line. */
@RestController
@RequestMapping("/control")
final class ControlController {

    private static final String AGENT = "agent";
    private static final int MOST_AT_ONCE = 100_000;

    private final Grants grants;
    private final Faults faults;
    private final RequestCounts counts;
    private final Issuing issuing;
    private final StateFile state;

    ControlController(Grants grants, Faults faults, RequestCounts counts, Issuing issuing, StateFile state) {
        this.grants = grants;
        this.faults = faults;
        this.counts = counts;
        this.issuing = issuing;
        this.state = state;
    }

    record Revoked(int grants) {}

    record Bearer(String token, long expiresIn) {}

    record Consented(
            UUID subject,
            String account,
            String accessToken,
            String refreshToken,
            long expiresIn,
            Set<String> scopes) {}

    record InMailbox(long messages, String historyId) {}

    record InAgenda(long events) {}

    /** Ends all that the user gave to anybody. */
    @PostMapping("/users/{name}/revoke")
    Revoked revoke(@PathVariable String name, HttpServletRequest request) throws IOException {
        Account account = account(name);
        ControlBody.read(request.getInputStream(), Set.of());
        return new Revoked(grants.revokeAll(account.name()));
    }

    /** Behaves like that from now on. */
    @PostMapping("/mode")
    Map<String, Mode.Name> enter(HttpServletRequest request) throws IOException {
        faults.enter(ModeRequest.read(request.getInputStream()));
        return mode();
    }

    @GetMapping("/mode")
    Map<String, Mode.Name> mode() {
        return Map.of("mode", faults.mode().name());
    }

    /** Puts {@code count} new messages into the user's mailbox; one where none is named. */
    @PostMapping("/users/{name}/mail")
    InMailbox mail(@PathVariable String name, HttpServletRequest request) throws IOException {
        Account account = account(name);
        int count = count(request);
        Mailbox mailbox = state.change(was -> was.withMailbox(account.name(), before -> before.plus(count)))
                .mailbox(account.name());
        return new InMailbox(mailbox.messages(), Long.toString(mailbox.historyId()));
    }

    /** Puts {@code count} new events into the user's calendar; one where none is named. */
    @PostMapping("/users/{name}/events")
    InAgenda events(@PathVariable String name, HttpServletRequest request) throws IOException {
        Account account = account(name);
        int count = count(request);
        Agenda agenda = state.change(was -> was.withAgenda(account.name(), before -> before.plus(count)))
                .agenda(account.name());
        return new InAgenda(agenda.events());
    }

    /** A bearer token of the user for Lifeline's own routes; with the scope {@code agent}, for those of agents alone. */
    @PostMapping("/users/{name}/token")
    Bearer token(@PathVariable String name, HttpServletRequest request) throws IOException {
        Account account = account(name);
        String scope = ControlBody.read(request.getInputStream(), Set.of("scope"))
                .text("scope")
                .orElse(null);
        if (scope != null && !scope.equals(AGENT)) {
            throw ControlRefusal.ofField("scope", AGENT + ", or left out");
        }
        return new Bearer(issuing.bearer(account, scope), Issuing.BEARER_LIFE.toSeconds());
    }

    /** The user's consent to {@code scopes}, by default all, as if given on the page. */
    @PostMapping("/users/{name}/consent")
    Consented consent(@PathVariable String name, HttpServletRequest request) throws IOException {
        Account account = account(name);
        ControlBody body = ControlBody.read(request.getInputStream(), Set.of("clientId", "scopes"));
        String clientId = body.text("clientId").orElse(Clients.CONNECT);
        if (!clientId.equals(Clients.CONNECT)) {
            throw ControlRefusal.ofField("clientId", Clients.CONNECT);
        }
        Set<String> scopes = new LinkedHashSet<>(body.list("scopes").orElse(Scopes.DATA));
        for (String scope : scopes) {
            if (!Scopes.IDENTITY.contains(scope) && !Scopes.DATA.contains(scope)) {
                throw ControlRefusal.ofField("scopes", "scopes that there are; there is no " + scope);
            }
        }
        scopes.addAll(Set.of("openid", "email"));
        Grants.Issued issued = issuing.consent(account, clientId, scopes);
        return new Consented(
                account.subject(),
                account.email(),
                issued.accessToken(),
                issued.refreshToken(),
                Duration.between(issued.details().issuedAt(), issued.details().expiresAt())
                        .toSeconds(),
                scopes);
    }

    @GetMapping("/stats")
    Map<String, Map<String, Long>> stats() {
        return counts.read();
    }

    private static int count(HttpServletRequest request) throws IOException {
        return ControlBody.read(request.getInputStream(), Set.of("count"))
                .integer("count", 1, MOST_AT_ONCE)
                .orElse(1);
    }

    static Account account(String name) {
        return Accounts.named(name).orElseThrow(() -> ControlRefusal.notFound("there is no user " + name));
    }
}
