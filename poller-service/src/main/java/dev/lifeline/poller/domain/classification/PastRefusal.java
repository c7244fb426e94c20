package dev.lifeline.poller.domain.classification;

import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a published refusal can be judged by again. */
public sealed interface PastRefusal {

    /**
     * All that it was judged by is known.
     *
     * @param rotationLost whether an answer with another refresh token may have been lost before it
     */
    record Judgeable(Evidence evidence, boolean rotationLost) implements PastRefusal {

        /** What it means by those rules. */
        public Verdict judge(RuleTable rules) {
            Verdict verdict = rules.judge(evidence, null);
            boolean lost = rotationLost && verdict.failureClass() == FailureClass.REAUTH;
            return lost ? verdict.rotationLost() : verdict;
        }
    }

    /**
     * The event does not carry all that a rule can look at: its writer did not say it yet.
     *
     * @param field which it lacks
     */
    record Lacking(String field) implements PastRefusal {}

    /** No answer was judged: the poller found it by itself, and no rule has a say in it. */
    record OwnFinding() implements PastRefusal {}

    /** What that event can be judged by again. */
    static PastRefusal of(OAuthRefreshFailed event) {
        if (event.rulesVersion().equals(Verdict.OWN)) {
            return new OwnFinding();
        }
        Optional<ProviderKind> kind = kind(event);
        if (kind.isEmpty()) {
            return new Lacking("providerKind");
        }
        if (event.providerKind() == null && kind.get() == ProviderKind.MICROSOFT) {
            return new Lacking("aadsts");
        }
        Evidence evidence = new Evidence(
                kind.get(),
                event.httpStatus(),
                event.error(),
                event.errorSubtype(),
                Objects.requireNonNullElse(event.aadsts(), List.of()),
                List.of(),
                event.description());
        return new Judgeable(evidence, Verdict.saysRotationLost(event.errorCode()));
    }

    /** As it says, else by the provider's id where that is a well-known one's; a stranger's may have been of any kind. */
    private static Optional<ProviderKind> kind(OAuthRefreshFailed event) {
        return event.providerKind() != null
                ? ProviderKind.ofWireName(event.providerKind())
                : Optional.of(ProviderKind.of(event.provider())).filter(kind -> kind != ProviderKind.GENERIC);
    }
}
