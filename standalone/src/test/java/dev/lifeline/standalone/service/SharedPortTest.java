package dev.lifeline.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The port before anybody has started who answers there. */
class SharedPortTest {

    private static final Duration SHORT = Duration.ofMillis(400);

    @Test
    void says_so_to_people_in_a_page_and_to_programs_in_a_problem() throws Exception {
        try (SharedPort port = SharedPort.at("127.0.0.1", 0)) {
            HttpResponse<String> page = get(port, "text/html,application/xhtml+xml,*/*;q=0.8", "");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
            assertThat(page.body()).contains("<h1>Lifeline is starting or stopping</h1>");

            HttpResponse<String> problem = get(port, "/api/%22me?x=y");
            assertThat(problem.statusCode()).isEqualTo(503);
            assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(problem.headers().firstValue("Retry-After")).contains("1");
            assertThat(problem.body()).isEqualTo("""
                    {"type":"about:blank","title":"Service Unavailable","status":503,\
                    "detail":"Lifeline is starting or stopping; try again in a moment.",\
                    "instance":"/api/%22me",\
                    "error":"Lifeline is starting or stopping; try again in a moment."}""");
        }
    }

    /** Else one who has started first would say of the other's paths that there is nothing. */
    @Test
    void paths_of_one_who_has_not_started_are_nobody_elses() throws Exception {
        try (SharedPort port = SharedPort.at("127.0.0.1", 0)) {
            ReactiveWebServerFactory late = port.under("/api/users/*/actions,/oauth/");
            port.under("/").getWebServer(answering(HttpStatus.NOT_FOUND)).start();
            assertThat(get(port, "/").statusCode()).isEqualTo(404);
            assertThat(get(port, "/oauth/callback").statusCode()).isEqualTo(503);

            WebServer started = late.getWebServer(answering(HttpStatus.OK));
            started.start();
            assertThat(get(port, "/oauth/callback").statusCode()).isEqualTo(200);
            assertThat(get(port, "/api/users/1/actions").statusCode()).isEqualTo(200);

            started.stop();
            assertThat(get(port, "/oauth/callback").statusCode()).isEqualTo(503);
            assertThat(get(port, "/api/users/1/actions").statusCode()).isEqualTo(503);
        }
    }

    private static HttpHandler answering(HttpStatus status) {
        return (request, response) -> {
            response.setStatusCode(status);
            return response.setComplete();
        };
    }

    @Test
    void takes_headers_of_nearly_sixteen_kilobytes() throws Exception {
        try (SharedPort port = SharedPort.at("127.0.0.1", 0)) {
            assertThat(get(port, "*/*", "x".repeat(15_000)).statusCode()).isEqualTo(503);
            assertThat(get(port, "*/*", "x".repeat(17_000)).statusCode()).isEqualTo(431);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.1\r\nHost: here\r\nX-Long: ", "POST / HTTP/1.1\r\nContent-Length: 9999\r\n\r\n"})
    void ends_requests_that_do_not_arrive_however_often_a_byte_of_them_does(String begun) throws Exception {
        try (SharedPort port = SharedPort.at("127.0.0.1", 0, SHORT)) {
            port.under("/").getWebServer(readingAll()).start();
            try (Socket socket = new Socket("127.0.0.1", port.port())) {
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
                await().atMost(Duration.ofSeconds(10))
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> isEnded(socket));
            }
        }
    }

    /** Sends one more byte. */
    private static boolean isEnded(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (IOException ended) {
            return true;
        }
    }

    private static HttpHandler readingAll() {
        return (request, response) ->
                request.getBody().map(DataBufferUtils::release).then(response.setComplete());
    }

    @Test
    void a_stream_that_is_open_may_stay_so() throws Exception {
        try (SharedPort port = SharedPort.at("127.0.0.1", 0, SHORT)) {
            port.under("/").getWebServer(telling(12, SHORT.dividedBy(4))).start();

            assertThat(get(port, "/").body()).isEqualTo(":\n\n".repeat(12));
        }
    }

    /** An event stream that says every now and then that it is still there. */
    private static HttpHandler telling(int times, Duration every) {
        return (request, response) -> {
            response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
            return response.writeAndFlushWith(Flux.interval(every)
                    .take(times)
                    .map(time ->
                            Mono.just(response.bufferFactory().wrap(":\n\n".getBytes(StandardCharsets.US_ASCII)))));
        };
    }

    private static HttpResponse<String> get(SharedPort port, String path) throws IOException, InterruptedException {
        return get(port, path, "*/*", "");
    }

    private static HttpResponse<String> get(SharedPort port, String accept, String token)
            throws IOException, InterruptedException {
        return get(port, "/", accept, token);
    }

    private static HttpResponse<String> get(SharedPort port, String path, String accept, String token)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port.port() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Accept", accept)
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString());
    }
}
