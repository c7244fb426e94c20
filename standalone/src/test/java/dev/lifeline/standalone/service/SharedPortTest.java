package dev.lifeline.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The port before anybody has started who answers there. */
class SharedPortTest {

    @Test
    void says_so_to_people_in_a_page_and_to_programs_in_a_problem() throws Exception {
        try (SharedPort port = SharedPort.at("127.0.0.1", 0)) {
            HttpResponse<String> page = get(port, "text/html,application/xhtml+xml,*/*;q=0.8", "");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
            assertThat(page.body()).contains("<h1>Lifeline is starting or stopping</h1>");

            HttpResponse<String> problem = get(port, "*/*", "");
            assertThat(problem.statusCode()).isEqualTo(503);
            assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(problem.headers().firstValue("Retry-After")).contains("1");
            assertThat(problem.body()).startsWith("{\"type\"");
        }
    }

    @Test
    void takes_headers_of_nearly_sixteen_kilobytes() throws Exception {
        try (SharedPort port = SharedPort.at("127.0.0.1", 0)) {
            assertThat(get(port, "*/*", "x".repeat(15_000)).statusCode()).isEqualTo(503);
            assertThat(get(port, "*/*", "x".repeat(17_000)).statusCode()).isEqualTo(431);
        }
    }

    private static HttpResponse<String> get(SharedPort port, String accept, String token)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port.port() + "/");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Accept", accept)
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString());
    }
}
