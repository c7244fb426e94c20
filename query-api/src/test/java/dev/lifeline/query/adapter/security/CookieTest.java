package dev.lifeline.query.adapter.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class CookieTest {

    private final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

    @ParameterizedTest
    @CsvSource({"https://lifeline.example, true", "http://127.0.0.1:8080, false"})
    void is_secure_where_people_come_by_https(URI publicUrl, boolean secure) {
        new Cookie("lifeline_session", "/", publicUrl).write(exchange, "secret", Duration.ofHours(1));

        assertThat(exchange.getResponse().getCookies().toSingleValueMap())
                .hasEntrySatisfying("lifeline_session", cookie -> {
                    assertThat(cookie.isSecure()).isEqualTo(secure);
                    assertThat(cookie.isHttpOnly()).isTrue();
                    assertThat(cookie.getSameSite()).isEqualTo("Lax");
                });
    }
}
