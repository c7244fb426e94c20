package dev.lifeline.query.adapter.postgres;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Typed access to columns, which may not, or may, be null. */
final class Columns {

    private Columns() {}

    static <T> T required(Readable row, String column, Class<T> type) {
        T value = row.get(column, type);
        if (value == null) {
            throw new IllegalStateException("the column " + column + " is null");
        }
        return value;
    }

    static @Nullable String text(Readable row, String column) {
        return row.get(column, String.class);
    }

    static @Nullable Instant time(Readable row, String column) {
        return row.get(column, Instant.class);
    }
}
