package dev.lifeline.poller.adapter.provider;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Accounts;
import dev.lifeline.poller.domain.classification.Answer;
import dev.lifeline.poller.domain.classification.ApiAnswers;
import dev.lifeline.poller.domain.classification.Json;
import dev.lifeline.poller.domain.classification.RuleTable;
import dev.lifeline.poller.domain.classification.Tokens;
import dev.lifeline.poller.domain.classification.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names an account by its ID token, verified, where the provider gives one and its keys are known; else by userinfo. */
final class OpenIdAccounts implements Accounts {
    private static final int MOST_BYTES = 1 << 20;

    private final Endpoints endpoints;
    private final Calls calls;
    private final @Nullable IdTokens idTokens;

    /** @param idTokens null where the provider's keys are not known */
    OpenIdAccounts(Endpoints endpoints, Calls calls, @Nullable IdTokens idTokens) {
        this.endpoints = endpoints;
        this.calls = calls;
        this.idTokens = idTokens;
    }

    @Override
    public Identified identify(Tokens tokens, @Nullable String nonce, Duration within) {
        String idToken = tokens.idToken();
        if (idTokens != null && idToken != null) {
            return byIdToken(idTokens, idToken, nonce);
        }
        return endpoints.userinfo() == null ? unproven("no_id_token") : byUserinfo(tokens, within);
    }

    private static Identified byIdToken(IdTokens idTokens, String idToken, @Nullable String nonce) {
        return switch (idTokens.verify(idToken, nonce)) {
            case IdTokens.Verified.Genuine genuine -> account(genuine.claims());
            case IdTokens.Verified.Forged forged -> unproven("id_token_invalid");
            case IdTokens.Verified.KeysAway away ->
                new Identified.Unidentified(ApiAnswers.judge(Answer.none(idTokens.kind())));
        };
    }

    private static Identified account(JWTClaimsSet claims) {
        String name = Stream.of("email", "preferred_username", "name")
                .map(claims::getClaim)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(claims.getSubject());
        return new Identified.Account(claims.getSubject(), name);
    }

    private Identified byUserinfo(Tokens tokens, Duration within) {
        var userinfo = Objects.requireNonNull(endpoints.userinfo());
        Answer answer = calls.get(endpoints.kind(), userinfo, tokens.accessToken(), within, MOST_BYTES);
        Map<String, Object> fields = new Api.Reply(answer).content().orElse(Map.of());
        String subject = first(fields, "sub", "id", "user_id");
        if (subject == null || Boolean.FALSE.equals(fields.get("ok"))) {
            return new Identified.Unidentified(ApiAnswers.judge(answer));
        }
        String team = first(fields, "team_id");
        String name = first(fields, "email", "login", "user", "preferred_username", "name");
        return new Identified.Account(team == null ? subject : team + "/" + subject, name == null ? subject : name);
    }

    private static @Nullable String first(Map<String, Object> fields, String... names) {
        return List.of(names).stream()
                .map(fields::get)
                .map(value -> value instanceof Json.Numeral number
                        ? number.text()
                        : value instanceof String text && !text.isBlank() ? text : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Identified unproven(String code) {
        return new Identified.Unidentified(new Verdict(
                FailureClass.CONFIG,
                code,
                null,
                "account-not-proven",
                null,
                RuleTable.TOKEN_ENDPOINT.version(),
                200,
                null,
                null,
                null,
                null,
                List.of()));
    }
}
