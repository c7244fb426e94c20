package dev.lifeline.poller.domain.classification;

/** What a token endpoint's answer comes to. */
public sealed interface TokenOutcome {

    /** It granted tokens. */
    record Granted(Tokens tokens) implements TokenOutcome {}

    /** It refused, or did not answer. */
    record Refused(Verdict verdict) implements TokenOutcome {}
}
