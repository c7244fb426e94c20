package dev.lifeline.poller.domain.classification;

import static dev.lifeline.events.FailureClass.REAUTH;
import static dev.lifeline.events.FailureClass.TRANSIENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every answer, also for those that nobody has met. */
class ClassificationProperties {
    private static final String CODE = "[A-Za-z0-9_.-]{1,64}";

    @Property
    void no_bytes_crash_it(
            @ForAll ProviderKind kind, @ForAll int status, @ForAll byte[] body, @ForAll List<String> values) {
        Answer answer =
                new Answer(kind, status, Map.of("Retry-After", values, "Date", values, "Content-Type", values), body);
        sound(answer);
    }

    @Property
    void no_text_crashes_it(@ForAll ProviderKind kind, @ForAll("objects") String body) {
        sound(new Answer(kind, 400, Map.of(), body.getBytes(UTF_8)));
        sound(new Answer(kind, 200, Map.of(), body.getBytes(UTF_8)));
    }

    @Property
    void a_status_that_passes_is_never_permanent(
            @ForAll ProviderKind kind, @ForAll("passing") int status, @ForAll("objects") String body) {
        Answer answer = new Answer(kind, status, Map.of(), body.getBytes(UTF_8));
        assertThat(Answers.refused(answer).failureClass()).isEqualTo(TRANSIENT);
        assertThat(ApiAnswers.judge(answer).failureClass()).isEqualTo(TRANSIENT);
    }

    @Property
    void nothing_secret_reaches_the_verdict(
            @ForAll ProviderKind kind, @ForAll("secrets") String secret, @ForAll("bodiesWithAHole") String body) {
        Answer answer = new Answer(
                kind,
                400,
                Map.of("WWW-Authenticate", List.of("Bearer error=\"" + secret + "\""), "Retry-After", List.of(secret)),
                body.replace("HOLE", secret).getBytes(UTF_8));
        assertThat(Answers.refused(answer).toString()).doesNotContain(secret);
        assertThat(ApiAnswers.judge(answer).toString()).doesNotContain(secret);
        assertThat(answer.toString()).doesNotContain(secret);
    }

    @Property
    void a_code_that_a_rule_names_is_judged_by_it_whatever_member_stands_beside_it(
            @ForAll("named") Named named, @ForAll("members") String member, @ForAll("partOrAnything") String value) {
        String said = quoted(value.replace("CODE", named.code()).replace("HALF", named.half()));
        String refusal = "\"" + named.field() + "\":\"" + named.code() + "\"";
        Verdict alone = Published.verdict(named.kind(), 400, "{" + refusal + "}");
        Verdict beside = Published.verdict(named.kind(), 400, "{" + refusal + ",\"" + member + "\":" + said + "}");
        assertThat(beside).isEqualTo(alone);
    }

    /** A code where it is told, and whose answer it is. */
    record Named(ProviderKind kind, String field, String code) {
        String half() {
            return code.substring(code.length() / 2);
        }
    }

    @Provide
    Arbitrary<Named> named() {
        return Arbitraries.of(RuleTable.tokenEndpointFile()
                .lines()
                .filter(line -> line.matches("\\|[^|]*\\|[^|]*\\| (error|subtype) \\|.*"))
                .map(line -> line.split("\\|"))
                .flatMap(cells -> Stream.of(cells[4].strip().split(" "))
                        .filter(code -> !code.equals("*"))
                        .map(code -> new Named(
                                cells[2].strip().equals("any")
                                        ? ProviderKind.GENERIC
                                        : ProviderKind.valueOf(cells[2].strip().toUpperCase(Locale.ROOT)),
                                cells[3].strip().equals("error") ? "error" : "error_subtype",
                                code)))
                .toList());
    }

    @Provide
    Arbitrary<String> members() {
        return Arbitraries.of(
                "token", "token_status", "token_type_hint", "session_state", "client_secret", "password", "x", "hint");
    }

    @Provide
    Arbitrary<String> partOrAnything() {
        return Arbitraries.oneOf(
                Arbitraries.of("CODE", "HALF", "CODE HALF"),
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40));
    }

    @Property
    void what_is_published_of_a_refusal_is_enough_to_judge_it_again(
            @ForAll ProviderKind kind,
            @ForAll("statuses") int status,
            @ForAll("objects") String body,
            @ForAll boolean rotationLost) {
        Answer answer = new Answer(kind, status, Map.of(), body.getBytes(UTF_8));
        if (TokenEndpointAnswers.judge(answer) instanceof TokenOutcome.Refused refused) {
            boolean lost = rotationLost && refused.verdict().failureClass() == REAUTH;
            Verdict then = lost ? refused.verdict().rotationLost() : refused.verdict();
            assertThat(PastRefusal.of(Published.refusal(then)))
                    .isInstanceOfSatisfying(
                            PastRefusal.Judgeable.class,
                            again -> assertThat(again.judge(RuleTable.TOKEN_ENDPOINT))
                                    .isEqualTo(Published.withoutRetryAfter(then)));
        }
    }

    private static void sound(Answer answer) {
        for (Verdict verdict : verdicts(answer)) {
            assertThat(verdict.errorCode()).matches(CODE);
            assertThat(verdict.description() == null ? "" : verdict.description())
                    .hasSizeLessThanOrEqualTo(300)
                    .doesNotContainPattern("\\p{Cntrl}");
        }
    }

    private static List<Verdict> verdicts(Answer answer) {
        return switch (TokenEndpointAnswers.judge(answer)) {
            case TokenOutcome.Granted granted -> List.of(ApiAnswers.judge(answer));
            case TokenOutcome.Refused refused -> List.of(refused.verdict(), ApiAnswers.judge(answer));
        };
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.oneOf(
                Arbitraries.of(200, 400, 401, 403, 503), Arbitraries.integers().between(0, 999));
    }

    @Provide
    Arbitrary<Integer> passing() {
        return Arbitraries.oneOf(
                Arbitraries.of(0, 408, 429), Arbitraries.integers().between(500, 599));
    }

    @Provide
    Arbitrary<String> objects() {
        Arbitrary<String> names = Arbitraries.of(
                "error",
                "error_description",
                "error_subtype",
                "suberror",
                "error_codes",
                "access_token",
                "ok",
                "expires_in",
                "x");
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "null",
                        "true",
                        "false",
                        "0",
                        "-1",
                        "1e99",
                        "[]",
                        "{}",
                        "[50173]",
                        "\"invalid_grant\"",
                        "\"invalid_client\"",
                        "\"admin_policy_enforced\"",
                        "\"AADSTS53003: no\"",
                        "\"invalid_rapt\"",
                        "{\"code\":400,\"errors\":[{\"reason\":\"domainPolicy\"}]}",
                        "{\"status\":\"X\"}"),
                Arbitraries.strings().ofMaxLength(400).map(ClassificationProperties::quoted));
        return Combinators.combine(names, values)
                .as((name, value) -> "\"" + name + "\":" + value)
                .list()
                .ofMaxSize(6)
                .map(fields -> "{" + String.join(",", fields) + "}");
    }

    /** Tokens as providers make them: base64url, hexadecimal, UUIDs, JWTs, and the prefixes that are known. */
    @Provide
    Arbitrary<String> secrets() {
        Arbitrary<String> base64url = Arbitraries.strings()
                .withChars("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
                .ofMinLength(20)
                .ofMaxLength(120);
        Arbitrary<String> hex = Arbitraries.strings()
                .withChars("0123456789abcdef")
                .ofMinLength(20)
                .ofMaxLength(64);
        return Arbitraries.oneOf(
                base64url.filter(ClassificationProperties::hasDigitAndCase),
                hex.filter(text -> text.matches(".*\\d.*[a-f].*")),
                Combinators.combine(base64url, base64url)
                        .as((header, payload) -> "eyJ" + header + ".eyJ" + payload + ".x"),
                Combinators.combine(Arbitraries.of("ya29.", "1//0", "xoxe-1-", "xoxb-12-", "ghr_", "GOCSPX-"), hex)
                        .as((prefix, rest) -> prefix + rest),
                Arbitraries.create(() -> java.util.UUID.randomUUID().toString()));
    }

    private static boolean hasDigitAndCase(String text) {
        return Stream.of("[0-9]", "[a-z]", "[A-Z]").allMatch(set -> text.matches(".*" + set + ".*"));
    }

    @Provide
    Arbitrary<String> bodiesWithAHole() {
        return Arbitraries.of(
                "HOLE",
                "{\"error\":\"HOLE\"}",
                "{\"error\":\"invalid_grant\",\"error_subtype\":\"HOLE\"}",
                "{\"error\":\"invalid_grant\",\"suberror\":\"HOLE\",\"error_codes\":[\"HOLE\"]}",
                "{\"error\":\"invalid_grant\",\"error_description\":\"HOLE\"}",
                "{\"error\":\"invalid_grant\",\"error_description\":\"Bad token 'HOLE'.\"}",
                "{\"error\":\"invalid_grant\",\"error_description\":\"refresh_token=HOLE&client_id=x\"}",
                "{\"error\":\"invalid_grant\",\"error_description\":\"{\\\"refresh_token\\\":\\\"HOLE\\\"}\"}",
                "{\"error\":\"invalid_grant\",\"error_description\":\"Authorization: Bearer HOLE, sorry\"}",
                "{\"error\":\"invalid_grant\",\"error_description\":\"see https://example.org/HOLE?code=HOLE#HOLE\"}",
                "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS50173: HOLE (HOLE)\"}",
                "{\"error\":\"invalid_grant HOLE\",\"access_token\":\"HOLE\",\"refresh_token\":\"HOLE\"}",
                "{\"error\":{\"status\":\"HOLE\",\"message\":\"HOLE\",\"errors\":[{\"reason\":\"HOLE\"}]}}",
                "{\"HOLE\":\"HOLE\",\"error\":\"x\",\"error_description\":\"HOLE\"}",
                "error=HOLE",
                "error=invalid_grant&error_description=HOLE+is+bad&refresh_token=HOLE",
                "<html>HOLE</html>");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
