package dev.lifeline.policy.application;

import dev.lifeline.policy.domain.Decision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** What time demands: expiry, judging again what waited for something that is over, the heartbeat. Each for one thread. */
public final class Upkeep {

    private static final int AT_ONCE = 200;

    /** How long what could not be done is left alone: mostly, what kept it from being done has passed by then. */
    private static final Duration LATER = Duration.ofSeconds(10);

    private final Ledgers ledgers;
    private final Judge judge;
    private final Revision revision;
    private final Expire expire;
    private final Clock clock;
    private final String instance;

    /** What could not be done, and when it is tried again: those that are due behind it do not wait for it. */
    private final Map<UUID, Instant> putOff = new HashMap<>();

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
        return each(
                ledgers.expired(now, AT_ONCE, putOff(now)), (ledger, decisionId) -> expire(ledger, decisionId, now));
    }

    /** Judges again what is to be judged again; returns how many. */
    public int reconsider() {
        return each(ledgers.toReconsider(AT_ONCE, putOff(clock.instant())), this::reconsider);
    }

    /** Each in a transaction of its own; one that can not be had keeps no other waiting, and is told at the end. */
    private int each(List<UUID> decisions, BiPredicate<Ledger, UUID> work) {
        int done = 0;
        RuntimeException failure = null;
        for (UUID decisionId : decisions) {
            try {
                done += ledgers.inTransaction(ledger -> work.test(ledger, decisionId)) ? 1 : 0;
            } catch (RuntimeException e) {
                putOff.put(decisionId, clock.instant().plus(LATER));
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return done;
    }

    private Set<UUID> putOff(Instant now) {
        putOff.values().removeIf(again -> !now.isBefore(again));
        return putOff.keySet();
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
        Optional<UUID> userId = ledger.userToReconsider(decisionId);
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
