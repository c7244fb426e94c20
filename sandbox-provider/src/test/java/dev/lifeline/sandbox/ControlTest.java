package dev.lifeline.sandbox;

import static dev.lifeline.sandbox.Browser.json;
import static dev.lifeline.sandbox.Client.field;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.jwt.JwtDecoders;

class ControlTest {

    private static Sandbox sandbox;
    private static Browser program;

    @BeforeAll
    static void start(@TempDir Path home) {
        sandbox = SandboxApplication.start("lifeline.sandbox.home=" + home);
        program = new Browser(sandbox.baseUrl());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void gives_a_bearer_token_that_lifeline_takes_for_twelve_hours() {
        var given = program.postJson("/control/users/ops/token", "");
        var token = JwtDecoders.fromIssuerLocation(sandbox.baseUrl().toString()).decode(field(given, "token"));
        assertThat(token.getAudience()).containsExactly("lifeline");
        assertThat(token.getClaimAsStringList("roles")).containsExactly("operator");
        assertThat(token.getExpiresAt())
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(719)),
                        Instant.now().plus(Duration.ofHours(12)));
    }

    @Test
    void says_what_a_consent_gave() {
        var given = json(program.postJson("/control/users/bob/consent", "{}"));
        assertThat(given.required("subject").stringValue()).isEqualTo("22222222-2222-4222-8222-222222222222");
        assertThat(given.required("account").stringValue()).isEqualTo("bob@example.org");
        assertThat(given.required("expiresIn").intValue()).isEqualTo(3600);
        assertThat(given.required("scopes").size()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /control/mode                 | {}                                                             | mode
            /control/mode                 | {"mode": "calm"}                                               | mode
            /control/mode                 | {"mode": 1}                                                    | mode
            /control/mode                 | {"mode": "ok", "modus": "ok"}                                  | modus
            /control/mode                 | {"mode": "answer"}                                             | status
            /control/mode                 | {"mode": "answer", "status": 99}                               | status
            /control/mode                 | {"mode": "answer", "status": "400"}                            | status
            /control/mode                 | {"mode": "answer", "status": 400.5}                            | status
            /control/mode                 | {"mode": "answer", "status": 400, "headers": []}               | headers
            /control/mode                 | {"mode": "answer", "status": 400, "headers": {"A": 1}}         | headers.A
            /control/mode                 | {"mode": "answer", "status": 400, "headers": {"A B": "b"}}        | headers.A B
            /control/mode                 | {"mode": "answer", "status": 400, "headers": {"A": "b\\r\\nC: d"}} | headers.A
            /control/mode                 | {"mode": "answer", "status": 400, "contentType": "a\\nb"}      | contentType
            /control/mode                 | {"mode": "answer", "status": 400, "body": {}}                  | body
            /control/users/alice/mail     | {"count": 0}                                                   | count
            /control/users/alice/mail     | {"count": "many"}                                              | count
            /control/users/alice/mail     | {"count": 1e99}                                                | count
            /control/users/alice/consent  | {"clientId": "nobody"}                                         | clientId
            /control/users/alice/consent  | {"scopes": ["everything"]}                                     | scopes
            /control/users/alice/consent  | {"scopes": "openid"}                                           | scopes
            /control/users/alice/revoke   | {"all": true}                                                  | all
            """)
    void names_the_field_that_is_wrong(String path, String body, String field) {
        var refused = program.postJson(path, body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(field(refused, "field")).isEqualTo(field);
        assertThat(field(refused, "detail")).isEqualTo(field(refused, "error"));
        assertThat(field(refused, "instance")).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /control/mode                  | {"mode": "ok"          | 400
            /control/mode                  | []                     | 400
            /control/mode                  | {"mode": "ok"} {}      | 400
            /control/users/mallory/revoke  | {}                     | 404
            /control/users/mallory/token   | {}                     | 404
            /control/nothing               | {}                     | 404
            """)
    void answers_bad_requests_with_problem_details(String path, String body, int status) {
        var refused = program.postJson(path, body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void setting_the_mode_and_asking_for_it_are_answered_alike() {
        assertThat(program.postJson("/control/mode", "{\"mode\": \"outage\"}").body())
                .isEqualTo(program.send("GET", "/control/mode").body())
                .isEqualTo("{\"mode\":\"outage\"}");
        program.postJson("/control/mode", "{\"mode\": \"ok\"}");
    }

    @Test
    void a_wrong_method_is_405() {
        assertThat(program.send("DELETE", "/control/mode").statusCode()).isEqualTo(405);
    }

    @Test
    void a_foreign_origin_is_refused_and_its_own_is_not() {
        assertThat(program.postJson("/control/mode", "{\"mode\": \"ok\"}", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(program.postJson("/control/mode", "{\"mode\": \"ok\"}", "Origin", "http://127.0.0.1:8080")
                        .statusCode())
                .isEqualTo(403);
        assertThat(program.postJson("/control/mode", "{\"mode\": \"ok\"}", "Origin", "null")
                        .statusCode())
                .isEqualTo(403);
        assertThat(program.postJson(
                                "/control/mode",
                                "{\"mode\": \"ok\"}",
                                "Origin",
                                sandbox.baseUrl().toString())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9,200",
        "127.0.0.1,200",
        "[::1]:9000,200",
        "rebound.example,403",
        "127.0.0.1.evil.example,403"
    })
    void the_host_must_be_loopback(String host, int status) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), sandbox.baseUrl().getPort())) {
            socket.getOutputStream()
                    .write(("GET /control/stats HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 " + status);
        }
    }
}
