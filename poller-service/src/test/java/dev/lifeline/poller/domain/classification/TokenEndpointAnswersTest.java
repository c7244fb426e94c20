package dev.lifeline.poller.domain.classification;

import static dev.lifeline.events.FailureClass.REAUTH;
import static dev.lifeline.events.FailureClass.TRANSIENT;
import static dev.lifeline.poller.domain.classification.Answers.granted;
import static dev.lifeline.poller.domain.classification.Answers.json;
import static dev.lifeline.poller.domain.classification.Answers.refused;
import static dev.lifeline.poller.domain.classification.ProviderKind.GENERIC;
import static dev.lifeline.poller.domain.classification.ProviderKind.GITHUB;
import static dev.lifeline.poller.domain.classification.ProviderKind.GOOGLE;
import static dev.lifeline.poller.domain.classification.ProviderKind.MICROSOFT;
import static dev.lifeline.poller.domain.classification.ProviderKind.SLACK;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.FailureClass;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointAnswersTest {

    private static void judged(Answer answer, FailureClass failureClass, String code) {
        Verdict verdict = refused(answer);
        assertThat(verdict.failureClass()).as(verdict.toString()).isEqualTo(failureClass);
        assertThat(verdict.errorCode()).as(verdict.toString()).isEqualTo(code);
    }

    private static Answer form(ProviderKind kind, int status, String contentType, String body) {
        return new Answer(kind, status, Map.of("content-type", List.of(contentType)), body.getBytes(UTF_8));
    }

    @Nested
    class a_status_that_passes {

        @ParameterizedTest
        @ValueSource(ints = {408, 429, 500, 501, 502, 503, 504, 520, 599})
        void is_transient_whatever_the_body_says(int status) {
            for (String error : List.of("invalid_grant", "invalid_client", "admin_policy_enforced", "deleted_client")) {
                judged(json(GOOGLE, status, "{\"error\":\"" + error + "\"}"), TRANSIENT, "http_" + status);
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                SLACK     | 429 | {"ok": false, "error": "ratelimited"}                       | TRANSIENT | ratelimited
                GENERIC   | 500 | {"error": "unheard_of"}                                     | TRANSIENT | http_500
                GOOGLE    | 503 | {"error": "invalid_grant", "error_subtype": "invalid_rapt"} | TRANSIENT | http_503
                MICROSOFT | 500 | {"error": "server_error", "error_codes": [90033]}           | TRANSIENT | AADSTS90033
                """)
        void keeps_an_error_that_passes_by_itself_and_a_microsoft_number(
                ProviderKind kind, int status, String body, FailureClass failureClass, String code) {
            judged(json(kind, status, body), failureClass, code);
        }

        @Test
        void or_none_at_all_is_transient() {
            judged(Answer.none(GOOGLE), TRANSIENT, "no_answer");
        }
    }

    @Nested
    class an_error {

        @ParameterizedTest
        @CsvSource({
            "invalid_grant,REAUTH",
            "bad_refresh_token,REAUTH",
            "invalid_refresh_token,REAUTH",
            "invalid_token,REAUTH",
            "interaction_required,REAUTH",
            "consent_required,REAUTH",
            "login_required,REAUTH",
            "invalid_client,CONFIG",
            "unauthorized_client,CONFIG",
            "invalid_request,CONFIG",
            "unsupported_grant_type,CONFIG",
            "invalid_scope,CONFIG",
            "deleted_client,CONFIG",
            "disabled_client,CONFIG",
            "restricted_client,CONFIG",
            "org_internal,CONFIG",
            "admin_policy_enforced,ADMIN",
            "account_deleted,ADMIN",
            "server_error,TRANSIENT",
            "temporarily_unavailable,TRANSIENT",
            "internal_failure,TRANSIENT",
            "rate_limit_exceeded,TRANSIENT",
            "something_new,TRANSIENT"
        })
        void has_a_class_with_every_provider(String error, FailureClass failureClass) {
            for (ProviderKind kind : ProviderKind.values()) {
                for (int status : List.of(200, 400, 401, 403)) {
                    judged(json(kind, status, "{\"error\":\"" + error + "\"}"), failureClass, error);
                }
            }
        }

        @Test
        void is_read_in_any_case_and_with_space_around_it() {
            judged(json(GENERIC, 400, "{\"error\":\" Invalid_Grant\\n\"}"), REAUTH, "invalid_grant");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1",
                    "true",
                    "[]",
                    "[\"invalid_grant\"]",
                    "{\"code\":\"invalid_grant\"}",
                    "{\"status\":\"INVALID_GRANT\"}",
                    "1e400"
                })
        void that_is_no_text_proves_nothing(String error) {
            judged(json(GENERIC, 400, "{\"error\":" + error + "}"), TRANSIENT, "http_400");
        }

        @Test
        void in_the_shape_of_a_google_api_is_read_as_far_as_it_goes() {
            String body = """
                    {"error": {"code": 403, "status": "RESOURCE_EXHAUSTED", "message": "Slow down"}}""";
            judged(json(GOOGLE, 403, body), TRANSIENT, "resource_exhausted");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                SLACK | 200 | {"ok": true, "error": "token_revoked", "access_token": "a"} | REAUTH    | token_revoked
                SLACK | 200 | {"ok": false, "access_token": "a"}                          | TRANSIENT | no_access_token
                """)
        void is_looked_for_before_a_token(
                ProviderKind kind, int status, String body, FailureClass failureClass, String code) {
            judged(json(kind, status, body), failureClass, code);
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "\"\"", "\" \"", "false"})
        void that_says_nothing_is_none(String error) {
            assertThat(granted(json(GENERIC, 200, "{\"error\":" + error + ",\"access_token\":\"a\"}"))
                            .accessToken())
                    .isEqualTo("a");
        }

        @ParameterizedTest
        @ValueSource(strings = {"server_error", "temporarily_unavailable", "internal_failure", "rate_limit_exceeded"})
        void that_says_it_passes_in_its_description_is_transient(String word) {
            String body = "{\"error\":\"invalid_grant\",\"error_description\":\"Failed: " + word + ".\"}";
            judged(json(GENERIC, 400, body), TRANSIENT, "invalid_grant");
        }

        /** What is masked or cut away in a description must not be what says that it passes. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Error code: internal_failure",
                    "(code=server_error)",
                    "Token: temporarily unavailable",
                    "state = 'rate_limit_exceeded'",
                    "LONG internal_failure"
                })
        void that_says_it_passes_after_what_announces_a_credential_is_transient(String said) {
            String description = said.replace("LONG", "The grant was looked for. ".repeat(30));
            String body = "{\"error\":\"invalid_grant\",\"error_description\":\"" + description + "\"}";
            judged(json(GENERIC, 400, body), TRANSIENT, "invalid_grant");
        }

        @Test
        void that_says_it_passes_in_any_phrase_of_the_rule_is_transient_whatever_announces_it() {
            String row = RuleTable.tokenEndpointFile()
                    .lines()
                    .filter(line -> line.startsWith("| passing-description |"))
                    .findFirst()
                    .orElseThrow();
            for (String phrase : row.split("\\|")[4].split(";")) {
                String body = "{\"error\":\"invalid_grant\",\"error_description\":\"code: " + phrase.strip() + "\"}";
                judged(json(GENERIC, 400, body), TRANSIENT, "invalid_grant");
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"error":"token_revoked","token_status":"revoked"}                        | token_revoked
                {"error":"invalid_refresh_token","token_type_hint":"refresh_token"}       | invalid_refresh_token
                {"error":"invalid_token","token":"invalid"}                               | invalid_token
                {"error":"invalid_grant","token_status":"invalid_grant"}                  | invalid_grant
                error=invalid_grant&error_description=gone&                               | invalid_grant
                &error=invalid_grant&&token_status=invalid                                | invalid_grant
                """)
        void that_a_rule_names_is_understood_whatever_stands_beside_it(String body, String code) {
            judged(json(GENERIC, 400, body), REAUTH, code);
        }

        @Test
        void that_says_it_passes_is_transient_where_another_field_says_the_same() {
            String body = """
                    {"error":"invalid_grant","error_description":"Failed: server_error","token_status":"server_error"}""";
            judged(json(GENERIC, 400, body), TRANSIENT, "invalid_grant");
        }

        @Test
        void that_only_begins_like_words_that_pass_is_masked() {
            String body = "{\"error\":\"invalid_grant\",\"error_description\":\"code=server_errorX9fQ2\"}";
            judged(json(GENERIC, 400, body), REAUTH, "invalid_grant");
            assertThat(Wording.description("code=server_errorX9fQ2", Set.of())).isEqualTo("code=***");
        }
    }

    @Nested
    class google {

        @ParameterizedTest
        @CsvSource({
            "invalid_rapt,REAUTH",
            "rapt_required,REAUTH",
            "admin_policy_enforced,ADMIN",
            "disabled_client,CONFIG",
            "new_one,REAUTH"
        })
        void refines_invalid_grant_by_its_subtype(String subtype, FailureClass failureClass) {
            judged(
                    json(GOOGLE, 400, "{\"error\":\"invalid_grant\",\"error_subtype\":\"" + subtype + "\"}"),
                    failureClass,
                    subtype);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                GOOGLE | 400 | {"error": "invalid_grant", "error_description": "Account has been deleted"}       | ADMIN  | account_deleted
                GOOGLE | 401 | {"error": "deleted_client", "error_description": "The OAuth client was deleted."} | CONFIG | deleted_client
                """)
        void says_in_words_what_is_gone(
                ProviderKind kind, int status, String body, FailureClass failureClass, String code) {
            judged(json(kind, status, body), failureClass, code);
        }

        @Test
        void is_what_the_sandbox_is_judged_by() {
            assertThat(ProviderKind.of("Sandbox")).isEqualTo(GOOGLE);
            assertThat(ProviderKind.of("okta")).isEqualTo(GENERIC);
        }
    }

    @Nested
    class others {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                401 | {"error": "access_denied", "error_description": "Unauthorized"}                     | CONFIG    | access_denied
                403 | {"error": "access_denied", "error_description": "The user denied it."}              | REAUTH    | access_denied
                400 | {"errors": [{"errorType": "invalid_grant", "message": "Refresh token invalid"}]}    | REAUTH    | invalid_grant
                400 | {"status": "BAD_REFRESH_TOKEN", "message": "missing or invalid refresh token"}      | REAUTH    | bad_refresh_token
                401 | {"errorCode": "invalid_client", "errorSummary": "Invalid value for 'client_id'."}  | CONFIG    | invalid_client
                400 | {"errorCode": "E0000011", "errorSummary": "Invalid token provided"}                 | TRANSIENT | http_400
                400 | {"error": "mystery", "errorCode": "invalid_grant"}                                  | TRANSIENT | mystery
                400 | {"errors": ["invalid_grant"], "status": 400}                                        | TRANSIENT | http_400
                400 | {"error": "invalid_app_access", "error_description": "not approved"}                | ADMIN     | invalid_app_access
                400 | {"error": "invalid_grant", "error_subtype": "insufficient_scope"}                   | REAUTH    | invalid_grant
                """)
        void say_it_in_ways_of_their_own(int status, String body, FailureClass failureClass, String code) {
            judged(json(GENERIC, status, body), failureClass, code);
        }
    }

    @Nested
    class microsoft {

        @ParameterizedTest
        @CsvSource({
            "basic_action,REAUTH",
            "additional_action,REAUTH",
            "consent_required,REAUTH",
            "user_password_expired,REAUTH",
            "bad_token,REAUTH",
            "token_expired,REAUTH",
            "device_authentication_failed,REAUTH",
            "message_only,ADMIN",
            "protection_policy_required,ADMIN",
            "client_mismatch,CONFIG"
        })
        void refines_by_suberror_where_there_is_no_number(String suberror, FailureClass failureClass) {
            judged(
                    json(MICROSOFT, 400, "{\"error\":\"invalid_grant\",\"suberror\":\"" + suberror + "\"}"),
                    failureClass,
                    suberror);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                MICROSOFT | 400 | {"error": "invalid_grant", "error_codes": [999999, "53003", 50173]} | ADMIN  | AADSTS53003
                MICROSOFT | 400 | {"error_description": "AADSTS7000222: expired"}                     | CONFIG | AADSTS7000222
                MICROSOFT | 400 | {"error": "invalid_grant", "error_codes": [999999]}                 | REAUTH | AADSTS999999
                MICROSOFT | 400 | {"error": "invalid_grant", "error_codes": [70002, 70008]}           | REAUTH | AADSTS70008
                MICROSOFT | 400 | {"error": "invalid_grant", "error_codes": [70002, 53003]}           | ADMIN  | AADSTS53003
                MICROSOFT | 400 | {"error": "invalid_client", "error_codes": [70002, 50012]}          | CONFIG | AADSTS70002
                MICROSOFT | 401 | {"error": "invalid_client", "error_codes": [999999]}                | CONFIG | AADSTS999999
                """)
        void is_judged_by_the_first_number_that_is_known_and_without_one_by_the_error(
                ProviderKind kind, int status, String body, FailureClass failureClass, String code) {
            judged(json(kind, status, body), failureClass, code);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"[]", "[null]", "[{}]", "[-1]", "[1e999]", "[\"x\"]", "50173", "[99999999999999999999]"})
        void with_numbers_that_are_none_is_judged_by_the_error(String codes) {
            judged(
                    json(MICROSOFT, 400, "{\"error\":\"invalid_grant\",\"error_codes\":" + codes + "}"),
                    REAUTH,
                    "invalid_grant");
        }

        @Test
        void alone_has_numbers() {
            String body = """
                    {"error": "invalid_grant", "error_description": "AADSTS53003: no"}""";
            judged(json(GENERIC, 400, body), REAUTH, "invalid_grant");
        }
    }

    @Nested
    class slack {
        @ParameterizedTest
        @CsvSource({
            "token_revoked,REAUTH",
            "token_expired,REAUTH",
            "invalid_auth,REAUTH",
            "account_inactive,REAUTH",
            "invalid_refresh_token,REAUTH",
            "invalid_client_id,CONFIG",
            "bad_client_secret,CONFIG",
            "org_login_required,TRANSIENT",
            "ratelimited,TRANSIENT",
            "fatal_error,TRANSIENT",
            "internal_error,TRANSIENT",
            "service_unavailable,TRANSIENT",
            "request_timeout,TRANSIENT",
            "team_access_not_granted,ADMIN",
            "invalid_arguments,CONFIG"
        })
        void answers_200_with_an_error(String error, FailureClass failureClass) {
            judged(json(SLACK, 200, "{\"ok\":false,\"error\":\"" + error + "\"}"), failureClass, error);
        }
    }

    @Nested
    class github {
        @ParameterizedTest
        @CsvSource({
            "bad_refresh_token,REAUTH", "unverified_user_email,REAUTH", "bad_verification_code,REAUTH",
            "incorrect_client_credentials,CONFIG", "redirect_uri_mismatch,CONFIG", "application_suspended,CONFIG",
            "unsupported_grant_type,CONFIG"
        })
        void answers_200_with_an_error_in_a_form(String error, FailureClass failureClass) {
            String body = "error=" + error + "&error_description=It+is+so.&error_uri=https%3A%2F%2Fdocs.github.com";
            judged(form(GITHUB, 200, "application/x-www-form-urlencoded; charset=utf-8", body), failureClass, error);
            judged(form(GITHUB, 200, "application/json", body), failureClass, error);
            judged(form(GITHUB, 200, "", body + "\n"), failureClass, error);
        }

        @Test
        void grants_in_a_form() {
            Tokens tokens = granted(form(
                    GITHUB,
                    200,
                    "application/x-www-form-urlencoded",
                    "access_token=ghu_a&expires_in=28800&refresh_token=ghr_b&scope=&token_type=bearer"));
            assertThat(tokens).isEqualTo(new Tokens("ghu_a", "ghr_b", Duration.ofHours(8), null, null));
        }
    }

    @Nested
    class a_body {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "null",
                    "1",
                    "\"invalid_grant\"",
                    "[{\"error\":\"invalid_grant\"}]",
                    "{\"error\":\"invalid_grant\"",
                    "{\"error\":\"invalid_grant\"} and more",
                    "{\"error\":\"invalid_grant\",\"error\":\"invalid_client\"}",
                    "<html><body>error=invalid_grant</body></html>",
                    "error=invalid_grant&error=invalid_client",
                    "error=%zz",
                    "{'error':'invalid_grant'}",
                    "{\"error\":\"invalid_grant\",}",
                    "invalid_grant",
                    "\u0000\u0000\u0000"
                })
        void that_is_not_understood_proves_nothing(String body) {
            judged(json(GENERIC, 400, body), TRANSIENT, "http_400");
            judged(json(GENERIC, 404, body), TRANSIENT, "http_404");
            judged(json(GENERIC, 200, body), TRANSIENT, "no_access_token");
        }

        @Test
        void that_is_deep_or_long_proves_nothing() {
            judged(json(GENERIC, 400, "{\"a\":".repeat(100_000)), TRANSIENT, "http_400");
            judged(json(GENERIC, 400, "[".repeat(1_000_000)), TRANSIENT, "http_400");
            judged(json(GENERIC, 400, "{\"error\":\"" + "a".repeat(2_000_000) + "\"}"), TRANSIENT, "http_400");
        }

        @Test
        void may_begin_with_a_byte_order_mark_and_be_in_any_charset() {
            String body = "{\"error\":\"invalid_grant\"}";
            for (byte[] bytes : List.of(
                    ("\uFEFF" + body).getBytes(UTF_8),
                    ("\uFEFF" + body).getBytes(UTF_16LE),
                    ("\uFEFF" + body).getBytes(UTF_16BE),
                    body.getBytes(UTF_16LE),
                    body.getBytes(UTF_16BE),
                    ("\r\n  " + body + "\n").getBytes(UTF_8))) {
                judged(new Answer(GENERIC, 400, Map.of(), bytes), REAUTH, "invalid_grant");
            }
            judged(
                    new Answer(
                            GENERIC,
                            400,
                            Map.of("Content-Type", List.of("application/json; charset=IBM037")),
                            body.getBytes(Charset.forName("IBM037"))),
                    REAUTH,
                    "invalid_grant");
            judged(form(GENERIC, 400, "application/json; charset=no-such", body), REAUTH, "invalid_grant");
            judged(form(GENERIC, 400, "application/json; charset=utf-16", body), REAUTH, "invalid_grant");
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308, 304, 100, 999})
        void of_a_status_that_is_no_answer_is_not_read(int status) {
            judged(json(GENERIC, status, "{\"error\":\"invalid_grant\"}"), TRANSIENT, "http_" + status);
        }
    }

    @Nested
    class a_grant {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"\"",
                    "\" \"",
                    "null",
                    "1",
                    "{}",
                    "[]",
                    "true",
                    "\"two words\"",
                    "\"line\\nbreak\"",
                    "\"\u00e4\""
                })
        void needs_a_token_that_can_be_sent(String token) {
            judged(json(GENERIC, 200, "{\"access_token\":" + token + "}"), TRANSIENT, "no_access_token");
        }

        @Test
        void needs_a_success() {
            judged(json(GENERIC, 400, "{\"access_token\":\"a\"}"), TRANSIENT, "http_400");
        }

        @Test
        void carries_what_was_said_about_it() {
            Tokens tokens = granted(json(
                    GOOGLE,
                    200,
                    "{\"access_token\":\"a\",\"expires_in\":\"3599\",\"scope\":\"openid email\",\"id_token\":\"i\"}"));
            assertThat(tokens.expiresIn()).isEqualTo(Duration.ofSeconds(3599));
            assertThat(tokens.scopes()).containsExactlyInAnyOrder("openid", "email");
            assertThat(tokens.refreshToken()).isNull();
            assertThat(tokens.idToken()).isEqualTo("i");
            assertThat(tokens.toString())
                    .isEqualTo("Tokens[access ***, refresh none, expiresIn PT59M59S, scopes " + tokens.scopes() + "]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "\"soon\"", "null", "{}", "\"NaN\""})
        void that_lives_for_nobody_knows_how_long_does_not_say(String expiresIn) {
            assertThat(granted(json(GENERIC, 200, "{\"access_token\":\"a\",\"expires_in\":" + expiresIn + "}"))
                            .expiresIn())
                    .isNull();
        }

        @Test
        void lives_a_year_at_most() {
            assertThat(granted(json(GENERIC, 200, "{\"access_token\":\"a\",\"expires_in\":1e999999}"))
                            .expiresIn())
                    .isEqualTo(Duration.ofDays(365));
        }
    }
}
