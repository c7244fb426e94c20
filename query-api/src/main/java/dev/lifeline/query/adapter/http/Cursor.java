package dev.lifeline.query.adapter.http;

import dev.lifeline.query.application.Timeline.Position;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A place in the timeline as text, which says nothing to whoever carries it. */
final class Cursor {

    private static final String SEPARATOR = " ";
    private static final int PARTS = 5;

    /** Records are not older than time itself, and the database does not know all the years that Java knows. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Cursor() {}

    static String of(Position position) {
        String text = String.join(
                SEPARATOR,
                position.at().toString(),
                position.topic(),
                Integer.toString(position.partition()),
                Long.toString(position.offset()),
                Integer.toString(position.ordinal()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when it is not one of ours. */
    static Optional<Position> parse(String cursor) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (parts.length != PARTS || parts[1].indexOf('\0') >= 0) {
                return Optional.empty();
            }
            return Optional.of(new Position(
                    time(parts[0]),
                    parts[1],
                    Integer.parseInt(parts[2]),
                    Long.parseLong(parts[3]),
                    Integer.parseInt(parts[4])));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * A time that the database knows too.
     *
     * @throws DateTimeException when it is none
     */
    static Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new DateTimeException("beyond what is kept");
        }
        return time;
    }
}
