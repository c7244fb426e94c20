package dev.lifeline.poller.adapter.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.poller.domain.classification.Answer;
import dev.lifeline.poller.domain.classification.ProviderKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class CallsTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final LocalServer server = new LocalServer();
    private final Calls calls = Calls.pooled();

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer get(Duration within) {
        return calls.get(ProviderKind.GOOGLE, server.address("/"), "token", within, 1_000);
    }

    @Test
    void every_status_comes_with_its_body_and_headers() {
        for (int status : List.of(200, 400, 401, 403, 407, 429, 500, 503)) {
            server.answers(status, Map.of("Retry-After", List.of("5", "7")), "{\"error\":\"invalid_client\"}");
            Answer answer = get(LONG);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(new String(answer.body(), UTF_8)).contains("invalid_client");
            assertThat(answer.header("retry-after")).containsExactly("5", "7");
        }
    }

    @Test
    void a_redirect_is_not_followed() {
        for (int status : List.of(301, 302, 303, 307, 308)) {
            server.answers(
                    status,
                    Map.of("Location", List.of(server.address("/elsewhere").toString())),
                    "");
            assertThat(get(LONG).status()).isEqualTo(status);
        }
        assertThat(server.asked()).hasSize(5).noneMatch(asked -> asked.path().equals("/elsewhere"));
    }

    @Test
    void a_body_that_drips_ends_with_the_time_for_the_exchange() {
        server.drips();
        assertThat(get(SHORT).status()).isEqualTo(Answer.NONE);
    }

    @Test
    void silence_ends_with_the_time_for_the_exchange() {
        server.hangs();
        assertThat(get(SHORT).status()).isEqualTo(Answer.NONE);
        assertThat(get(Duration.ZERO).status()).isEqualTo(Answer.NONE);
    }

    @Test
    void of_a_flood_only_so_much_is_read() {
        server.floods(200);
        Answer answer = get(LONG);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).hasSize(1_000);
    }

    @Test
    void a_body_that_breaks_off_is_no_answer() {
        server.breaksOff();
        assertThat(get(LONG).status()).isEqualTo(Answer.NONE);
    }

    @Test
    void nobody_there_is_no_answer() {
        URI gone = server.address("/");
        server.close();
        assertThat(calls.get(ProviderKind.GOOGLE, gone, "token", LONG, 1_000).status())
                .isEqualTo(Answer.NONE);
        URI nowhere = URI.create("http://no-such-host.invalid/");
        assertThat(calls.get(ProviderKind.GOOGLE, nowhere, "token", LONG, 1_000).status())
                .isEqualTo(Answer.NONE);
    }

    @Test
    void a_connection_that_is_reset_or_speaks_no_http_is_no_answer_and_nothing_is_sent_twice() throws IOException {
        for (String said : List.of("", "SSH-2.0-Open\r\n")) {
            AtomicInteger requests = new AtomicInteger();
            try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> resetAll(socket, said, requests));
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + socket.getLocalPort()))
                        .POST(HttpRequest.BodyPublishers.ofString("refresh_token=x"))
                        .build();
                Answer answer = calls.send(ProviderKind.GOOGLE, request, LONG, 1_000);
                assertThat(answer.status()).isEqualTo(Answer.NONE);
            }
            assertThat(requests).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 99999 What\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\nB\u0000d: x\r\n\r\n",
                "HTTP/1.1 407 Proxy\r\nContent-Length: 0\r\n\r\n",
                "HTTP/9 200 OK\r\n\r\n"
            })
    void an_answer_that_is_against_the_protocol_throws_nothing(String answer) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> saysToAll(socket, answer));
            URI address = URI.create("http://127.0.0.1:" + socket.getLocalPort());
            assertThat(calls.get(ProviderKind.GOOGLE, address, Duration.ofSeconds(2), 1_000)
                            .status())
                    .isIn(Answer.NONE, 101, 200, 407, 999);
        }
    }

    @Test
    void an_interrupted_thread_gets_no_answer_and_stays_interrupted() {
        server.hangs();
        Thread.currentThread().interrupt();
        assertThat(get(LONG).status()).isEqualTo(Answer.NONE);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void saysToAll(ServerSocket server, String answer) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[1_000]);
                socket.getOutputStream().write(answer.getBytes(US_ASCII));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void resetAll(ServerSocket server, String said, AtomicInteger requests) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                if (socket.getInputStream().read(new byte[1_000]) > 0) {
                    requests.incrementAndGet();
                }
                socket.getOutputStream().write(said.getBytes(US_ASCII));
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                return;
            }
        }
    }
}
