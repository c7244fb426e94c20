package dev.lifeline.poller.adapter.provider;

import dev.lifeline.poller.application.Poll;
import dev.lifeline.poller.domain.classification.Answer;
import dev.lifeline.poller.domain.classification.ApiAnswers;
import dev.lifeline.poller.domain.classification.Json;
import dev.lifeline.poller.domain.classification.ProviderKind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A JSON API of a provider, read with an access token. */
final class Api {
    private static final int MOST_BYTES = 8 << 20;

    private final ProviderKind kind;
    private final URI base;
    private final Calls calls;

    Api(ProviderKind kind, URI base, Calls calls) {
        this.kind = kind;
        this.base = base;
        this.calls = calls;
    }

    /** Fetches one resource; parameters with an empty value are left out. */
    Reply get(String path, Map<String, String> parameters, String accessToken, Countdown time) {
        String query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .sorted()
                .collect(Collectors.joining("&", "?", ""));
        String trunk = base.toString().replaceAll("/+$", "");
        URI address = URI.create(trunk + path + (query.length() > 1 ? query : ""));
        return new Reply(calls.get(kind, address, accessToken, time.left(), MOST_BYTES));
    }

    /** What came back. */
    record Reply(Answer answer) {

        int status() {
            return answer.status();
        }

        /** The object that a success carries; empty for anything else. */
        Optional<Map<String, Object>> content() {
            return status() == 200 ? Json.object(new String(answer.body(), StandardCharsets.UTF_8)) : Optional.empty();
        }

        /** Whether there is none because the time ran out. */
        boolean cameNotInTime(Countdown time) {
            return status() == Answer.NONE && time.left().isZero();
        }

        /** What it means that there was no content, or none that could be used. */
        Poll.Outcome.Refused refusal() {
            return new Poll.Outcome.Refused(ApiAnswers.judge(answer), status() == 401);
        }
    }
}
