package dev.lifeline.poller.domain.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.poller.domain.classification.Tokens;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CredentialTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration MARGIN = Duration.ofMinutes(1);

    @Test
    void is_renewed_a_margin_before_it_expires() {
        Credential credential = Credential.of(tokens("refresh", Duration.ofHours(1)), MARGIN, NOW);
        assertThat(credential.usable(NOW.plus(Duration.ofMinutes(59)).minusMillis(1)))
                .isTrue();
        assertThat(credential.usable(NOW.plus(Duration.ofMinutes(59)))).isFalse();
    }

    @Test
    void of_a_short_life_is_used_for_four_fifths_of_it() {
        Credential credential = Credential.of(tokens("refresh", Duration.ofSeconds(10)), MARGIN, NOW);
        assertThat(credential.usable(NOW.plusSeconds(7))).isTrue();
        assertThat(credential.usable(NOW.plusSeconds(8))).isFalse();
    }

    @Test
    void that_does_not_say_when_it_expires_is_used_until_it_is_refused() {
        assertThat(Credential.of(tokens("refresh", null), MARGIN, NOW).usable(Instant.MAX))
                .isTrue();
    }

    @Test
    void keeps_the_old_refresh_token_when_no_new_one_comes() {
        Credential credential = Credential.of(tokens("first", null), MARGIN, NOW);
        assertThat(credential.refreshed(tokens(null, null), MARGIN, NOW).refreshToken())
                .isEqualTo("first");
        assertThat(credential.refreshed(tokens("second", null), MARGIN, NOW).refreshToken())
                .isEqualTo("second");
    }

    @Test
    void prints_no_token() {
        Credential credential = Credential.of(tokens("very-secret", null), MARGIN, NOW);
        assertThat(credential.toString()).doesNotContain("very-secret").doesNotContain("access-secret");
    }

    private static Tokens tokens(@Nullable String refreshToken, @Nullable Duration expiresIn) {
        return new Tokens("access-secret", refreshToken, expiresIn, null, null);
    }
}
