package dev.lifeline.policy.adapter.postgres;

import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.UUID;

/** The table {@code spend}. */
final class SpendTable {

    private final Trip trip;

    SpendTable(Trip trip) {
        this.trip = trip;
    }

    long spentAlone(UUID userId, LocalDate day) {
        return trip.add("INSERT INTO spend (user_id, day, cents) VALUES (?, ?, 0) ON CONFLICT DO NOTHING", userId, day)
                .add("SELECT cents FROM spend WHERE user_id = ? AND day = ? FOR UPDATE", userId, day)
                .ask(answers -> {
                    ResultSet row = answers.next();
                    row.next();
                    return row.getLong(1);
                });
    }

    void spend(UUID userId, LocalDate day, long cents) {
        trip.add("""
                INSERT INTO spend (user_id, day, cents) VALUES (?, ?, greatest(0, ?))
                ON CONFLICT (user_id, day) DO UPDATE SET cents = greatest(0, spend.cents + ?)
                """, userId, day, cents, cents);
    }
}
