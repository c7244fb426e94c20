package dev.lifeline.query;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryPropertiesTest {

    @ParameterizedTest
    @CsvSource({"%%%, lifeline.ticket-key is not base64", "c2hvcnQ=, 'lifeline.ticket-key has 5 bytes, it needs 32'"})
    void a_ticket_key_that_is_wrong_is_named_and_not_shown(String key, String message) {
        QueryProperties properties = new QueryProperties(
                URI.create("http://127.0.0.1:8080"),
                key,
                Duration.ofSeconds(5),
                Map.of(),
                new QueryProperties.Query(
                        new QueryProperties.SignIn(
                                "sandbox", URI.create("http://127.0.0.1:9000"), "lifeline", "secret", List.of()),
                        new QueryProperties.SessionLife(Duration.ofHours(24), Duration.ofDays(14)),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2)));

        assertThatIllegalArgumentException()
                .isThrownBy(properties::ticketKeyBytes)
                .withMessage(message);
    }
}
