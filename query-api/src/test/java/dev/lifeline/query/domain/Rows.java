package dev.lifeline.query.domain;

import dev.lifeline.events.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows to try banners on, and the catalogue and time that go with them. */
public final class Rows {

    public static final Instant NOW = Instant.parse("2026-11-24T10:16:00Z");
    public static final UUID GRANT = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
    public static final UUID OTHER_GRANT = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000002");

    public static final Catalogue CATALOGUE = new Catalogue(List.of(
            new Catalogue.Offer("gmail", "Gmail", "sandbox"),
            new Catalogue.Offer("google-calendar", "Google Calendar", "sandbox"),
            new Catalogue.Offer("google-contacts", "Google Contacts", "sandbox")));

    private Rows() {}

    /** A connector in that condition, read last so long ago. */
    public static ConnectorHealth row(String name, Condition condition, Duration readAgo) {
        return row(name, GRANT, condition, NOW.minus(readAgo), null);
    }

    public static ConnectorHealth row(
            String name, UUID grant, Condition condition, @Nullable Instant lastSuccessAt, @Nullable String errorCode) {
        return new ConnectorHealth(
                name, "sandbox", "alice@example.org", grant, condition, null, errorCode, lastSuccessAt, null, NOW);
    }

    /** Those rows, just caught up with. */
    public static Reading fresh(ConnectorHealth... rows) {
        return new Reading(List.of(rows), NOW.minusMillis(500), true);
    }
}
