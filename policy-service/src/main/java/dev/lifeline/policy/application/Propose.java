package dev.lifeline.policy.application;

import dev.lifeline.events.Action;
import dev.lifeline.events.rule.Wellformed;
import dev.lifeline.policy.application.Judge.Judgement;
import dev.lifeline.policy.domain.ActionHash;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.policy.domain.Decision.State;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** An agent proposes an action, and is told what was decided. */
public final class Propose {

    private final Ledgers ledgers;
    private final Judge judge;
    private final Revision revision;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public Propose(Ledgers ledgers, Judge judge, Clock clock, Supplier<UUID> ids) {
        this.ledgers = ledgers;
        this.judge = judge;
        this.revision = new Revision(ids);
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Decides about an action, and anew about one that is known, as long as it may still be admitted: what it waited for may
     * be over by time alone. Empty when under its id another is known.
     *
     * @throws dev.lifeline.events.rule.MalformedException when it can not be meant so
     * @throws UnavailableException when nothing can be decided now
     */
    public Optional<Decision> propose(UUID userId, Action action) {
        Wellformed.demand(action);
        String hash = ActionHash.of(action);
        Instant now = clock.instant();
        return ledgers.inTransaction(ledger -> {
            Standing standing = ledger.hold(userId, now);
            Optional<Decision> known = ledger.takeByAction(userId, action.actionId());
            return known.isEmpty()
                    ? Optional.of(decide(ledger, userId, standing, action, hash, now))
                    : known.filter(decision -> decision.actionHash().equals(hash))
                            .map(decision -> again(ledger, standing, decision, now));
        });
    }

    private Decision again(Ledger ledger, Standing standing, Decision known, Instant now) {
        Decision judged = revision.again(ledger, judge, standing, known, now);
        if (!judged.equals(known)) {
            ledger.save(judged);
        }
        return judged;
    }

    private Decision decide(Ledger ledger, UUID userId, Standing standing, Action action, String hash, Instant now) {
        Judgement judgement = judge.judge(standing, action, now);
        Instant until = now.plus(action.urgency().patience());
        Decision made = new Decision(
                ids.get(), userId, action, hash, judgement.verdict(), 1, State.OPEN, until, null, null, null);
        Decision decision = revision.begin(ledger, made, judgement, now);
        ledger.add(decision);
        return decision;
    }
}
