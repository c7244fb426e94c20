package dev.lifeline.policy.application;

import dev.lifeline.events.AutonomyCommand.PutPolicy;
import dev.lifeline.events.AutonomyCommand.RemovePolicy;
import dev.lifeline.events.AutonomyCommand.SetTrustTier;
import dev.lifeline.events.AutonomyCommand.UpdateAutonomySettings;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.AutonomyEvent.PolicyRemoved;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.Policy;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.rule.RuleReader;
import dev.lifeline.events.rule.Wellformed;
import java.util.Optional;

/** What the user lets the assistant do. What waits is judged again by it: it may be needed no more, or be denied now. */
final class SettingsCommands {

    private static final int MOST_POLICIES = 20;

    AutonomyEvent update(Ledger ledger, UpdateAutonomySettings command) {
        Wellformed.demand(command.settings());
        Autonomy before = ledger.autonomy(command.userId());
        if (command.version() != null && command.version() != before.settingsVersion()) {
            throw new RejectedException(
                    "settings_changed", "The settings were changed meanwhile; look at them, and set them again.");
        }
        Autonomy after = before.with(command.settings());
        ledger.save(command.userId(), after);
        ledger.reconsider(command.userId());
        return new AutonomySettingsUpdated(
                command.userId(),
                command.commandId(),
                after.settings(),
                before.settings(),
                after.settingsVersion(),
                ledger.next());
    }

    AutonomyEvent trust(Ledger ledger, SetTrustTier command) {
        Autonomy before = ledger.autonomy(command.userId());
        TrustTier from = before.settings().trustTier();
        Autonomy after = before.with(before.settings().with(command.trustTier()));
        ledger.save(command.userId(), after);
        ledger.reconsider(command.userId());
        return new TrustTierChanged(
                command.userId(),
                command.commandId(),
                from,
                command.trustTier(),
                after.settingsVersion(),
                ledger.next());
    }

    AutonomyEvent put(Ledger ledger, PutPolicy command) {
        Optional<Long> written =
                ledger.policyVersion(command.userId(), command.policy().policyId());
        if (command.version() != null && !written.equals(Optional.of(command.version()))) {
            throw new RejectedException(
                    "policy_changed",
                    "These rules were changed or removed meanwhile; look at how they are now, and write them again.");
        }
        Autonomy after = ledger.autonomy(command.userId()).withPoliciesChanged();
        RuleReader.read(command.policy(), after.policiesVersion());
        ledger.save(command.userId(), after);
        ledger.save(command.userId(), command.policy(), after.policiesVersion());
        if (ledger.countPolicies(command.userId()) > MOST_POLICIES) {
            ledger.removePolicy(command.userId(), command.policy().policyId());
            throw new RejectedException(
                    "malformed", "There are " + MOST_POLICIES + " policies already; remove one, or extend one.");
        }
        ledger.reconsider(command.userId());
        return new PolicyChanged(
                command.userId(), command.commandId(), command.policy(), after.policiesVersion(), ledger.next());
    }

    AutonomyEvent remove(Ledger ledger, RemovePolicy command) {
        Policy removed = ledger.removePolicy(command.userId(), command.policyId())
                .orElseThrow(() -> new RejectedException("unknown", "There is no such policy."));
        Autonomy after = ledger.autonomy(command.userId()).withPoliciesChanged();
        ledger.save(command.userId(), after);
        ledger.reconsider(command.userId());
        return new PolicyRemoved(
                command.userId(),
                command.commandId(),
                command.policyId(),
                removed.name(),
                after.policiesVersion(),
                ledger.next());
    }
}
