package dev.lifeline.policy.application;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.Policy;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.policy.domain.Decision;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state, within one transaction.
 *
 * <p>Whoever judges an action holds the control state shared; whoever changes it holds it exclusively; both until the
 * transaction has ended. What is read after holding is what everybody who held exclusively before has left. The operator's
 * is held before any user's.
 */
public interface Ledger {

    /** Holds the operator's and the user's control state shared, and reads what the user's actions are judged by. */
    Standing hold(UUID userId, Instant now);

    /** Holds the operator's control state shared and the users' exclusively. */
    void holdExclusively(Collection<UUID> users);

    /** Holds the operator's control state exclusively, and with it everybody's. */
    void holdEverything();

    /** The next place among what happens. To be taken while holding. */
    long next();

    Autonomy autonomy(UUID userId);

    void save(UUID userId, Autonomy autonomy);

    /** All of the operator's pauses, those that were lifted too. */
    List<OperatorPause> operatorPauses();

    void save(OperatorPause pause);

    /** Whether any instance that was heard of lately has the lever of its environment pulled. */
    boolean leverPulledAnywhere();

    /** What the user's actions are judged by at that time. To be read while holding. */
    Standing standing(UUID userId, Instant now);

    /** Notes a record that could not be read. */
    void noteUnreadable(SourcePosition at, @Nullable UUID concerns, String reason, long sequence);

    /** Says that such a record withholds nothing any more; false when there is none. */
    boolean resolveUnreadable(SourcePosition at);

    int countPolicies(UUID userId);

    /** Which writing of the user's policy stands; empty when there is none. */
    Optional<Long> policyVersion(UUID userId, UUID policyId);

    void save(UUID userId, Policy policy, long version);

    /** What it was; empty when there was none. */
    Optional<Policy> removePolicy(UUID userId, UUID policyId);

    /** What was reserved and spent on that day; nobody else spends on it until the transaction has ended. */
    long spentAlone(UUID userId, LocalDate day);

    /** Takes from the day, or gives back. */
    void spend(UUID userId, LocalDate day, long cents);

    /** The decision on the user's action; nobody else changes it until the transaction has ended. */
    Optional<Decision> takeByAction(UUID userId, UUID actionId);

    /** Whose decision that is; empty where it is not, or no longer, to be judged again: another instance may have done so. */
    Optional<UUID> userToReconsider(UUID decisionId);

    /** The user's decision of that id; nobody else changes it until the transaction has ended. */
    Optional<Decision> take(UUID userId, UUID decisionId);

    /** The decision; nobody else changes it until the transaction has ended. */
    Optional<Decision> take(UUID decisionId);

    /** The decision in which that was asked last; nobody else changes it until the transaction has ended. */
    Optional<Decision> takeByApproval(UUID approvalId);

    /** Adds a decision. The transaction comes to nothing when another has added one on the same action meanwhile. */
    void add(Decision decision);

    void save(Decision decision);

    /** Has decisions of the user that wait judged again soon. */
    void reconsider(UUID userId);

    /** Notes a command as answered; false when it was already. */
    boolean answered(UUID commandId);

    /** Tells what happened, once the transaction has committed. */
    void tell(ActionEvent event);
}
