package dev.lifeline.standalone.assistant;

import dev.lifeline.standalone.assistant.Decisions.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The assistant at work for one person: looks into the inbox, proposes, and does what it is admitted to do. It remembers
 * nothing that Lifeline does not: an action has one id for ever, so after a restart it proposes all again, and is told how
 * far each is.
 *
 * <p>Nothing is done twice that may not be: an answer counts as failed when it is not known whether it was sent.
 */
final class Assisting {

    /** How much of the inbox it looks at, and how often it asks again about what waits. */
    private static final int MOST = 100;

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(3);
    private static final int MOST_AGAIN = 10;

    private final String user;
    private final Mail mail;
    private final Decisions decisions;
    private final Map<String, Proposal> waiting = new HashMap<>();
    private final Map<String, Instant> asked = new HashMap<>();
    private final Set<String> done = new HashSet<>();

    Assisting(String user, Mail mail, Decisions decisions) {
        this.user = user;
        this.mail = mail;
        this.decisions = decisions;
    }

    /** Once through the inbox: what is new, and what has waited longest since it was last asked about. */
    void round(Instant now) {
        List<String> inbox = mail.inbox(MOST);
        List<String> again = new ArrayList<>();
        for (String id : inbox) {
            if (waiting.containsKey(id)) {
                again.add(id);
            } else if (!done.contains(id)) {
                Optional<Proposal> proposal = Proposal.about(mail.read(id));
                proposal.ifPresentOrElse(each -> pursue(id, each, now), () -> done.add(id));
            }
        }
        again.stream()
                .filter(id -> !lastAsked(id).plus(AGAIN_AFTER).isAfter(now))
                .sorted((one, other) -> lastAsked(one).compareTo(lastAsked(other)))
                .limit(MOST_AGAIN)
                .toList()
                .forEach(id -> Optional.ofNullable(waiting.get(id)).ifPresent(proposal -> pursue(id, proposal, now)));
        waiting.keySet().retainAll(Set.copyOf(inbox));
        asked.keySet().retainAll(waiting.keySet());
    }

    private Instant lastAsked(String id) {
        return asked.getOrDefault(id, Instant.MIN);
    }

    /** Goes as far with it as Lifeline lets it. */
    private void pursue(String id, Proposal proposal, Instant now) {
        waiting.put(id, proposal);
        asked.put(id, now);
        Decision decision = decisions.propose(proposal.action(user));
        boolean over = switch (decision.state()) {
            case "open", "approved" -> decisions.admit(decision.decisionId()) && carryOut(decision, proposal);
            case "waiting" -> false;
            case "admitted" -> {
                // What came of it was not told, and much may have been decided since: not carried out on that old a
                // yes.
                decisions.complete(decision.decisionId(), false);
                yield again(id, proposal, now);
            }
            case "completed" -> again(id, proposal, now);
            default -> true;
        };
        if (over) {
            waiting.remove(id);
            done.add(id);
        }
    }

    private boolean carryOut(Decision decision, Proposal proposal) {
        boolean succeeded;
        try {
            proposal.carryOut(mail);
            succeeded = true;
        } catch (NoAnswerException e) {
            succeeded = false;
        }
        decisions.complete(decision.decisionId(), succeeded);
        return true;
    }

    /** The letter is still there, so it was not done: asked for anew, where that does no harm. */
    private boolean again(String id, Proposal proposal, Instant now) {
        Optional<Proposal> anew = proposal.anew();
        anew.ifPresent(each -> pursue(id, each, now));
        return anew.isEmpty();
    }
}
