package dev.lifeline.sandbox.state;

import dev.lifeline.sandbox.agenda.Agenda;
import dev.lifeline.sandbox.consent.Grant;
import dev.lifeline.sandbox.fault.Mode;
import dev.lifeline.sandbox.mailbox.Mailbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * All that the provider remembers.
 *
 * @param mailboxes by name of the account; who is not in it has a new one
 * @param agendas by name of the account; who is not in it has a new one
 */
public record SandboxState(Mode mode, List<Grant> grants, Map<String, Mailbox> mailboxes, Map<String, Agenda> agendas) {

    static final SandboxState NEW = new SandboxState(Mode.OK, List.of(), Map.of(), Map.of());

    public SandboxState {
        grants = List.copyOf(grants);
        mailboxes = Map.copyOf(mailboxes);
        agendas = Map.copyOf(agendas);
    }

    public Mailbox mailbox(String account) {
        return mailboxes.getOrDefault(account, Mailbox.NEW);
    }

    public Agenda agenda(String account) {
        return agendas.getOrDefault(account, Agenda.NEW);
    }

    public SandboxState withMode(Mode other) {
        return new SandboxState(other, grants, mailboxes, agendas);
    }

    public SandboxState withGrants(List<Grant> others) {
        return new SandboxState(mode, others, mailboxes, agendas);
    }

    public SandboxState withMailbox(String account, UnaryOperator<Mailbox> change) {
        Map<String, Mailbox> changed = new HashMap<>(mailboxes);
        changed.put(account, change.apply(mailbox(account)));
        return new SandboxState(mode, grants, changed, agendas);
    }

    public SandboxState withAgenda(String account, UnaryOperator<Agenda> change) {
        Map<String, Agenda> changed = new HashMap<>(agendas);
        changed.put(account, change.apply(agenda(account)));
        return new SandboxState(mode, grants, mailboxes, changed);
    }
}
