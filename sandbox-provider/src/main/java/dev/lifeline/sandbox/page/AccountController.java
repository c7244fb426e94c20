package dev.lifeline.sandbox.page;

import dev.lifeline.sandbox.SandboxProperties;
import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.sandbox.assistant.AssistantSwitch;
import dev.lifeline.sandbox.consent.Grant;
import dev.lifeline.sandbox.consent.Grants;
import dev.lifeline.sandbox.fault.Faults;
import dev.lifeline.sandbox.fault.Mode;
import dev.lifeline.sandbox.oauth.Scopes;
import dev.lifeline.sandbox.state.StateFile;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The page of somebody's account: what has access, and how the provider is to behave. */
@RestController
final class AccountController {

    private static final DateTimeFormatter SINCE = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Templates templates;
    private final Grants grants;
    private final Faults faults;
    private final StateFile state;
    private final AssistantSwitch assistant;
    private final RegisteredClientRepository clients;
    private final URI lifeline;

    AccountController(
            Templates templates,
            Grants grants,
            Faults faults,
            StateFile state,
            AssistantSwitch assistant,
            RegisteredClientRepository clients,
            SandboxProperties properties) {
        this.templates = templates;
        this.grants = grants;
        this.faults = faults;
        this.state = state;
        this.assistant = assistant;
        this.clients = clients;
        this.lifeline = properties.publicUrl();
    }

    record Access(String clientId, String client, List<String> scopes, String since, String sinceInstant) {

        String initial() {
            return client.substring(0, 1);
        }
    }

    record Choice(String mode, String text, boolean chosen) {}

    @GetMapping("/")
    ResponseEntity<Void> home() {
        return seeAccount("");
    }

    @GetMapping("/account")
    ResponseEntity<String> account(
            @RequestParam(name = "done", required = false) @Nullable String done, Principal principal, CsrfToken csrf) {
        Account account = account(principal);
        List<Access> access = access(account);
        return templates.page(
                "account",
                csrf,
                Map.of(
                        "name", account.name(),
                        "email", account.email(),
                        "lifeline", lifeline,
                        "access", access,
                        "noAccess", access.isEmpty(),
                        "modes", choices(faults.mode().name()),
                        "failing", faults.mode().name() != Mode.Name.OK,
                        "assisted", assistant.isOn(account),
                        "mail", MailShown.of(state.current().mailbox(account.name())),
                        "done", sentence(done)));
    }

    @PostMapping("/account/revoke")
    ResponseEntity<Void> revoke(@RequestParam("client_id") String clientId, Principal principal) {
        grants.revoke(account(principal).name(), clientId);
        return seeAccount("?done=revoked");
    }

    @PostMapping("/account/mode")
    ResponseEntity<Void> enter(@RequestParam("mode") String name) {
        Mode.Name mode = Mode.Name.named(name)
                .filter(each -> each != Mode.Name.ANSWER)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST, "There is no such mode."));
        faults.enter(new Mode(mode, null));
        return seeAccount("?done=mode");
    }

    @PostMapping("/account/mail")
    ResponseEntity<Void> mail(Principal principal) {
        state.change(was -> was.withMailbox(account(principal).name(), mailbox -> mailbox.plus(1)));
        return seeAccount("?done=mail");
    }

    @PostMapping("/account/assistant")
    ResponseEntity<Void> assistant(@RequestParam("on") boolean on, Principal principal) {
        assistant.turn(account(principal), on);
        return seeAccount(on ? "?done=assisted" : "?done=unassisted");
    }

    private List<Access> access(Account account) {
        List<Grant> given = grants.of(account.name());
        return given.stream()
                .map(Grant::clientId)
                .distinct()
                .map(clientId -> {
                    Instant since = given.stream()
                            .filter(grant -> grant.clientId().equals(clientId))
                            .map(Grant::since)
                            .min(Instant::compareTo)
                            .orElseThrow();
                    return new Access(
                            clientId,
                            clientName(clientId),
                            described(grants.scopes(account.name(), clientId)),
                            SINCE.format(since),
                            since.toString());
                })
                .toList();
    }

    private String clientName(String clientId) {
        var client = clients.findByClientId(clientId);
        return client == null ? clientId : client.getClientName();
    }

    private static List<String> described(Set<String> scopes) {
        return new TreeSet<>(scopes)
                .stream()
                        .filter(scope -> !scope.equals("openid"))
                        .map(Scopes::describe)
                        .toList();
    }

    private static List<Choice> choices(Mode.Name current) {
        return List.of(
                choice(Mode.Name.OK, "Works as it should", current),
                choice(Mode.Name.OUTAGE, "Is down (503)", current),
                choice(Mode.Name.RATE_LIMITED, "Says “too many requests” (429)", current),
                choice(Mode.Name.SLOW, "Takes half a minute to answer", current),
                choice(Mode.Name.GARBAGE, "Answers with garbage", current),
                choice(Mode.Name.INVALID_CLIENT, "Says that Lifeline’s own client is wrong", current));
    }

    private static Choice choice(Mode.Name mode, String text, Mode.Name current) {
        return new Choice(mode.wireName(), text, mode == current);
    }

    private static String sentence(@Nullable String done) {
        return switch (done == null ? "" : done) {
            case "revoked" -> "Access was revoked.";
            case "mode" -> "The service behaves like that from now on.";
            case "mail" -> "A new message lies in your mailbox.";
            case "assisted" -> "The demo assistant is on. What it proposes appears in Lifeline.";
            case "unassisted" -> "The demo assistant is off.";
            default -> "";
        };
    }

    private static Account account(Principal principal) {
        return Accounts.ofSubject(principal.getName());
    }

    private static ResponseEntity<Void> seeAccount(String query) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/account" + query))
                .build();
    }
}
