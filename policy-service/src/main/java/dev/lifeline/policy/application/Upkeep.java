package dev.lifeline.policy.application;

import dev.lifeline.policy.domain.Decision;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** What time demands: expiry, judging again what waited for something that is over, the heartbeat. */
public final class Upkeep {

    private static final int AT_ONCE = 200;

    private final Ledgers ledgers;
    private final Judge judge;
    private final Revision revision;
    private final Expire expire;
    private final Clock clock;
    private final String instance;

    public Upkeep(Ledgers ledgers, Judge judge, Expire expire, Clock clock, Supplier<UUID> ids, String instance) {
        this.ledgers = ledgers;
        this.judge = judge;
        this.revision = new Revision(ids);
        this.expire = expire;
        this.clock = clock;
        this.instance = instance;
    }

    /** Says that this instance lives. */
    public void heartbeat() {
        ledgers.heartbeat(instance, judge.leverPulled());
    }

    /** How much is held back for many people at once. */
    public Ledgers.Pulled pulled() {
        return ledgers.pulled();
    }

    /** Ends what has expired; returns how many. */
    public int expire() {
        Instant now = clock.instant();
        return each(ledgers.expired(now, AT_ONCE), (ledger, decisionId) -> expire(ledger, decisionId, now));
    }

    /** Judges again what is to be judged again; returns how many. */
    public int reconsider() {
        return each(ledgers.toReconsider(AT_ONCE), this::reconsider);
    }

    /** Each in a transaction of its own; one that can not be had keeps no other waiting, and is told at the end. */
    private int each(List<UUID> decisions, BiPredicate<Ledger, UUID> work) {
        int done = 0;
        RuntimeException failure = null;
        for (UUID decisionId : decisions) {
            try {
                done += ledgers.inTransaction(ledger -> work.test(ledger, decisionId)) ? 1 : 0;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return done;
    }

    /** Forgets what nobody asks for any more. */
    public void tidy() {
        ledgers.tidy();
    }

    private boolean expire(Ledger ledger, UUID decisionId, Instant now) {
        Optional<Decision> due = ledger.take(decisionId)
                .filter(decision -> decision.state().live() && !now.isBefore(decision.expiresAt()));
        due.ifPresent(decision -> expire.expire(ledger, decision, now));
        return due.isPresent();
    }

    private boolean reconsider(Ledger ledger, UUID decisionId) {
        Optional<UUID> userId = ledger.userOf(decisionId);
        if (userId.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        Standing standing = ledger.hold(userId.get(), now);
        Optional<Decision> found = ledger.take(decisionId);
        found.ifPresent(decision -> ledger.save(revision.again(ledger, judge, standing, decision, now)));
        return found.isPresent();
    }
}
