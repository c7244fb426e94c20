package dev.lifeline.projector.adapter.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.ByteStreamWriter;

/**
 * Rows in the binary format of PostgreSQL's {@code COPY}: values column by column, in the order of the calls. A row costs the
 * server less than half of what one that comes out of {@code unnest} does, for it is neither parsed nor planned.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
 */
final class BinaryRows {

    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(ISO_8859_1);
    private static final int NULL = -1;

    /** PostgreSQL counts times from here, in microseconds. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);

    BinaryRows() {
        bytes.put(SIGNATURE).putInt(0).putInt(0);
    }

    /** Begins a row of so many columns. */
    BinaryRows row(int columns) {
        room(2).putShort((short) columns);
        return this;
    }

    BinaryRows uuid(@Nullable UUID value) {
        if (value == null) {
            room(4).putInt(NULL);
            return this;
        }
        room(20).putInt(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    BinaryRows text(@Nullable String value) {
        if (value == null) {
            room(4).putInt(NULL);
        } else {
            byte[] encoded = value.getBytes(UTF_8);
            room(4 + encoded.length).putInt(encoded.length).put(encoded);
        }
        return this;
    }

    BinaryRows bigint(long value) {
        room(12).putInt(8).putLong(value);
        return this;
    }

    BinaryRows integer(int value) {
        room(8).putInt(4).putInt(value);
        return this;
    }

    BinaryRows time(@Nullable Instant value) {
        if (value == null) {
            room(4).putInt(NULL);
            return this;
        }
        return bigint(ChronoUnit.MICROS.between(EPOCH, value));
    }

    /** Writes the rows into a table. */
    void copyTo(Connection tx, String tableAndColumns) throws SQLException {
        room(2).putShort((short) -1);
        String copy = "COPY " + tableAndColumns + " FROM STDIN (FORMAT binary)";
        try {
            tx.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, ByteStreamWriter.of(bytes.flip()));
        } catch (IOException e) {
            throw new UncheckedIOException("rows in memory could not be read", e);
        }
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + more));
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }
}
