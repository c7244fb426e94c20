package dev.lifeline.poller.domain.classification;

import static dev.lifeline.events.FailureClass.ADMIN;
import static dev.lifeline.events.FailureClass.CONFIG;
import static dev.lifeline.events.FailureClass.REAUTH;
import static dev.lifeline.events.FailureClass.TRANSIENT;
import static dev.lifeline.poller.domain.classification.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.FailureClass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAnswersTest {

    private static void judged(Answer answer, FailureClass failureClass, String code) {
        Verdict verdict = ApiAnswers.judge(answer);
        assertThat(verdict.failureClass()).as(verdict.toString()).isEqualTo(failureClass);
        assertThat(verdict.errorCode()).as(verdict.toString()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "rateLimitExceeded,TRANSIENT,rate_limit_exceeded",
        "userRateLimitExceeded,TRANSIENT,rate_limit_exceeded",
        "quotaExceeded,TRANSIENT,rate_limit_exceeded",
        "insufficientPermissions,REAUTH,insufficient_scope",
        "accessNotConfigured,CONFIG,api_not_enabled",
        "domainPolicy,ADMIN,domain_policy",
        "forbidden,TRANSIENT,http_403"
    })
    void google_gives_reasons_for_403(String reason, FailureClass failureClass, String code) {
        String body =
                "{\"error\":{\"code\":403,\"message\":\"Words\",\"errors\":[{\"domain\":\"usageLimits\",\"reason\":\""
                        + reason + "\"}]}}";
        judged(json(ProviderKind.GOOGLE, 403, body), failureClass, code);
    }

    @ParameterizedTest
    @CsvSource({
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT,REAUTH,insufficient_scope",
        "SERVICE_DISABLED,CONFIG,api_not_enabled",
        "RATE_LIMIT_EXCEEDED,TRANSIENT,rate_limit_exceeded"
    })
    void google_gives_reasons_in_details(String reason, FailureClass failureClass, String code) {
        String body =
                "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\",\"details\":[{\"@type\":\"x\"},{\"reason\":\""
                        + reason + "\"}]}}";
        judged(json(ProviderKind.GOOGLE, 403, body), failureClass, code);
    }

    @Test
    void google_says_some_in_words_only() {
        judged(
                json(
                        ProviderKind.GOOGLE,
                        403,
                        "{\"error\":{\"message\":\"Request had insufficient authentication scopes.\"}}"),
                REAUTH,
                "insufficient_scope");
        judged(
                json(
                        ProviderKind.GOOGLE,
                        400,
                        "{\"error\":{\"message\":\"Mail service not enabled\",\"status\":\"FAILED_PRECONDITION\"}}"),
                ADMIN,
                "domain_policy");
        judged(
                json(
                        ProviderKind.GOOGLE,
                        403,
                        "{\"error\":{\"message\":\"Gmail API has not been used in project 1 before\"}}"),
                CONFIG,
                "api_not_enabled");
    }

    @Test
    void a_challenge_names_the_missing_scope() {
        judged(
                new Answer(
                        ProviderKind.GENERIC,
                        403,
                        Map.of("WWW-Authenticate", List.of("Bearer realm=\"x\", error=\"insufficient_scope\"")),
                        new byte[0]),
                REAUTH,
                "insufficient_scope");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 408, 410, 429, 500, 503, 302, 200})
    void no_other_status_proves_anything(int status) {
        for (String body : List.of(
                "", "{\"error\":\"invalid_grant\"}", "<html>", "{\"error\":{\"status\":\"UNAUTHENTICATED\"}}")) {
            assertThat(ApiAnswers.judge(json(ProviderKind.GOOGLE, status, body)).failureClass())
                    .isEqualTo(TRANSIENT);
        }
    }
}
