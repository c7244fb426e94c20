package dev.lifeline.poller.domain.classification;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/** Answers of providers, made up for tests. */
final class Answers {
    private Answers() {}

    static Answer json(ProviderKind kind, int status, String body) {
        return new Answer(kind, status, Map.of("Content-Type", List.of("application/json")), body.getBytes(UTF_8));
    }

    static Answer withHeaders(int status, Map<String, List<String>> headers) {
        return new Answer(ProviderKind.GENERIC, status, headers, new byte[0]);
    }

    static Verdict refused(Answer answer) {
        return switch (TokenEndpointAnswers.judge(answer)) {
            case TokenOutcome.Refused refused -> refused.verdict();
            case TokenOutcome.Granted granted -> throw new AssertionError("granted: " + granted);
        };
    }

    static Tokens granted(Answer answer) {
        return switch (TokenEndpointAnswers.judge(answer)) {
            case TokenOutcome.Granted granted -> granted.tokens();
            case TokenOutcome.Refused refused -> throw new AssertionError("refused: " + refused);
        };
    }
}
