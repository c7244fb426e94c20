package dev.lifeline.poller.adapter.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.poller.application.consent.Fingerprint;
import dev.lifeline.poller.scene.TicketOffice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;

class SignedTicketsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final UUID ALICE = UUID.fromString("11111111-1111-4111-8111-111111111111");

    private final TicketOffice office = new TicketOffice(CLOCK);
    private final SignedTickets tickets = new SignedTickets(TicketOffice.KEY, CLOCK);

    @Test
    void reads_what_query_api_signs() {
        assertThat(tickets.read(office.ticket(ALICE, "gmail", "nonce"))).hasValueSatisfying(ticket -> {
            assertThat(ticket.userId()).isEqualTo(ALICE);
            assertThat(ticket.connector()).isEqualTo("gmail");
            assertThat(ticket.browserHash()).isEqualTo(Fingerprint.of("nonce"));
            assertThat(ticket.expiresAt()).isEqualTo(NOW.plusSeconds(60));
        });
    }

    @Test
    void a_ticket_is_good_for_its_minute_and_no_longer() {
        String ticket = office.ticket(ALICE, "gmail", "nonce");
        assertThat(at(NOW.plusSeconds(59)).read(ticket)).isPresent();
        assertThat(at(NOW.plusSeconds(61)).read(ticket)).isEmpty();
    }

    @Test
    void another_key_signs_no_ticket() {
        byte[] other = new byte[32];
        assertThat(tickets.read(new TicketOffice(CLOCK, other).ticket(ALICE, "gmail", "nonce")))
                .isEmpty();
    }

    @Test
    void a_token_for_something_else_is_no_ticket() {
        assertThat(refused(claims -> claims.audience(List.of("lifeline")))).isTrue();
    }

    @Test
    void whatever_is_missing_or_malformed_makes_it_no_ticket() {
        assertThat(refused(claims -> claims.claims(all -> all.remove("sub")))).isTrue();
        assertThat(refused(claims -> claims.claims(all -> all.remove("jti")))).isTrue();
        assertThat(refused(claims -> claims.claims(all -> all.remove("exp")))).isTrue();
        assertThat(refused(claims -> claims.claims(all -> all.remove("connector"))))
                .isTrue();
        assertThat(refused(claims -> claims.claims(all -> all.remove("nonce_hash"))))
                .isTrue();
        assertThat(refused(claims -> claims.subject("alice"))).isTrue();
        assertThat(refused(claims -> claims.expiresAt(NOW.plus(Duration.ofDays(1)))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "\u0000", "....", "🎫"})
    void nonsense_is_no_ticket(String text) {
        assertThat(tickets.read(text)).isEmpty();
    }

    private boolean refused(UnaryOperator<JwtClaimsSet.Builder> spoil) {
        return tickets.read(office.ticket(ALICE, "gmail", "nonce", spoil)).isEmpty();
    }

    private static SignedTickets at(Instant now) {
        return new SignedTickets(TicketOffice.KEY, Clock.fixed(now, ZoneOffset.UTC));
    }
}
