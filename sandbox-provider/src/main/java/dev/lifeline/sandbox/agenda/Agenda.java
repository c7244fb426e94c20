package dev.lifeline.sandbox.agenda;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** An account's calendar. Events are numbered from 1 and only ever added: so nothing but their number need be kept. */
public record Agenda(long events) {

    /** What a new account finds. */
    public static final Agenda NEW = new Agenda(2);

    private static final Instant FIRST_DAY = Instant.parse("2026-01-01T09:00:00Z");

    /** An event in it. */
    public record Event(String id, String summary, Instant start, Instant end) {}

    public Agenda plus(int count) {
        return new Agenda(events + count);
    }

    /** The events after so many, oldest first, up to that number, at most so many. */
    public List<Event> after(long seen, long upTo, int limit) {
        return LongStream.rangeClosed(seen + 1, Math.min(upTo, seen + limit))
                .mapToObj(Agenda::event)
                .toList();
    }

    private static Event event(long number) {
        Instant start = FIRST_DAY.plus(Duration.ofDays(number));
        return new Event("sandbox%06d".formatted(number), "Event " + number, start, start.plus(Duration.ofMinutes(30)));
    }
}
