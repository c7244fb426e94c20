package dev.lifeline.sandbox.control;

import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.sandbox.assistant.AssistantSwitch;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Of the control interface: who has the demo assistant switched on, and what it reads their mail with. */
@RestController
@RequestMapping("/control")
final class AssistantController {

    private final AssistantSwitch assistant;

    AssistantController(AssistantSwitch assistant) {
        this.assistant = assistant;
    }

    record SwitchedOn(List<String> on) {}

    record Switch(boolean on) {}

    record MailToken(String token) {}

    @GetMapping("/assistants")
    SwitchedOn assistants() {
        return new SwitchedOn(Accounts.all().stream()
                .filter(assistant::isOn)
                .map(Account::name)
                .toList());
    }

    /** Switches it on or off, as if on the page; an empty body changes nothing. */
    @PostMapping("/users/{name}/assistant")
    Switch turn(@PathVariable String name, HttpServletRequest request) throws IOException {
        Account account = ControlController.account(name);
        ControlBody.read(request.getInputStream(), Set.of("on"))
                .flag("on")
                .ifPresent(on -> assistant.turn(account, on));
        return new Switch(assistant.isOn(account));
    }

    /** A new access token for the user's mail, for the assistant; 404 while it is switched off. */
    @PostMapping("/users/{name}/assistant/token")
    MailToken mailToken(@PathVariable String name, HttpServletRequest request) throws IOException {
        Account account = ControlController.account(name);
        ControlBody.read(request.getInputStream(), Set.of());
        return assistant
                .mailToken(account)
                .map(MailToken::new)
                .orElseThrow(() -> ControlRefusal.notFound(name + " has the demo assistant switched off"));
    }
}
