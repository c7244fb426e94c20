package dev.lifeline.sandbox;

import static dev.lifeline.sandbox.Client.field;
import static dev.lifeline.sandbox.Provider.PROFILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lifeline.sandbox.Provider.Tokens;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jwt.JwtDecoders;

class RestartTest {

    @TempDir
    private Path home;

    @TempDir
    private Path temporary;

    @Test
    void grants_tokens_mail_mode_and_keys_outlive_it() throws IOException {
        Tokens tokens;
        String bearer;
        int port;
        try (Sandbox sandbox = start()) {
            port = sandbox.baseUrl().getPort();
            var provider = new Provider(sandbox.baseUrl());
            provider.consent("alice");
            provider.enter("rate_limited");
            tokens = provider.consent("alice");
            provider.mail("alice", 7);
            bearer = field(provider.http().postJson("/control/users/alice/token", ""), "token");
        }
        try (Sandbox sandbox = start("server.port=" + port)) {
            var provider = new Provider(sandbox.baseUrl());
            assertThat(provider.read(PROFILE, tokens).statusCode()).isEqualTo(429);
            var issuer = JwtDecoders.fromIssuerLocation(sandbox.baseUrl().toString());
            assertThat(issuer.decode(bearer).getSubject()).startsWith("1111");
        }
        try (Sandbox sandbox = start("server.port=" + port)) {
            var provider = new Provider(sandbox.baseUrl());
            provider.enter("ok");
            assertThat(provider.refresh(tokens).statusCode()).isEqualTo(200);
            assertThat(provider.read(PROFILE, provider.consent("alice")).body()).contains("\"messagesTotal\":10");
        }
        for (String file : List.of("state.json", "keys.json")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(home.resolve("state.json"))).doesNotContain(tokens.refresh());
    }

    @Test
    void who_signed_in_before_it_is_signed_out_and_sent_back_to_the_client() {
        String idToken;
        int port;
        try (Sandbox sandbox = start()) {
            port = sandbox.baseUrl().getPort();
            var person = new Browser(sandbox.baseUrl());
            var page = person.get(Client.SIGN_IN.authorizationRequest("openid", ""));
            URI callback = Browser.leadsTo(person.signIn(page, "alice", "lifeline"));
            idToken = field(Client.SIGN_IN.exchange(person, callback, Client.VERIFIER), "id_token");
        }
        try (Sandbox sandbox = start("server.port=" + port)) {
            var person = new Browser(sandbox.baseUrl());
            person.signIn(person.get("/account"), "alice", "lifeline");
            assertThat(signOut(person, idToken, "http://evil.example/").statusCode())
                    .isEqualTo(400);
            assertThat(signOut(person, idToken + "x", "http://127.0.0.1:8080/").statusCode())
                    .isEqualTo(400);
            assertThat(person.get("/account").body()).contains("Sign out");

            assertThat(Browser.leadsTo(signOut(person, idToken, "http://127.0.0.1:8080/")))
                    .hasToString("http://127.0.0.1:8080/?state=s+1");
            assertThat(person.get("/account").body()).doesNotContain("Sign out");
        }
    }

    private static HttpResponse<String> signOut(Browser person, String idToken, String back) {
        return person.get("/connect/logout?id_token_hint=" + idToken + "&post_logout_redirect_uri="
                + Browser.encode(back) + "&state=s%2B1");
    }

    @Test
    void a_kill_loses_nothing_that_was_answered() throws IOException {
        int port = freePort();
        Process first = process(port);
        Tokens tokens;
        try {
            Provider provider = answering(port);
            tokens = provider.consent("bob");
            provider.mail("bob", 1);
        } finally {
            first.destroyForcibly().onExit().join();
        }
        Process second = process(port);
        try {
            Provider provider = answering(port);
            assertThat(provider.read(PROFILE, tokens).body()).contains("\"messagesTotal\":4");
            assertThat(provider.refresh(tokens).statusCode()).isEqualTo(200);
        } finally {
            second.destroyForcibly().onExit().join();
        }
        assertThat(temporary).as("what kills leave behind").isEmptyDirectory();
    }

    @Test
    void an_access_token_ends_by_itself_after_its_life() {
        try (Sandbox sandbox = start("lifeline.sandbox.access-token-life=1s")) {
            var provider = new Provider(sandbox.baseUrl());
            Tokens tokens = provider.consent("alice");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> provider.read(PROFILE, tokens).statusCode() == 401);
            assertThat(provider.refresh(tokens).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_damaged_file_is_named_and_nothing_starts() throws IOException {
        Files.writeString(home.resolve("state.json"), "{\"mode\"");
        assertThatThrownBy(this::start).hasStackTraceContaining("state.json is damaged");
    }

    private Sandbox start(String... more) {
        String[] all = Stream.concat(Stream.of("lifeline.sandbox.home=" + home), Stream.of(more))
                .toArray(String[]::new);
        return SandboxApplication.start(all);
    }

    private Process process(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SandboxApplication.class.getName(),
                        "server.port=" + port,
                        "lifeline.sandbox.home=" + home)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Provider answering(int port) {
        Provider provider = new Provider(URI.create("http://127.0.0.1:" + port));
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> provider.http().get("/control/stats").statusCode() == 200);
        return provider;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
