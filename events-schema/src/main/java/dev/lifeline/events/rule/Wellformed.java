package dev.lifeline.events.rule;

import dev.lifeline.events.Action;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.AutonomySettings.QuietHours;
import dev.lifeline.events.PauseScope;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses what can not be meant, with the field and the remedy, as a {@link MalformedException}. */
public final class Wellformed {

    /** How deep parameters may be nested. */
    public static final int DEEPEST = 32;

    /** How much text and structure parameters may have, in bytes, about as JSON counts. */
    public static final int MOST_BYTES = 64 * 1024;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_DOMAINS = 100;
    /** JSON's numbers are exact up to here wherever they are read (RFC 8259, section 6). */
    private static final long MOST_WHOLE = (1L << 53) - 1;

    private static final long MOST_CENTS = 100_000_000_000L;
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    private Wellformed() {}

    public static void demand(Action action) {
        name("actionType", action.actionType());
        name("domain", action.domain());
        demand(!action.description().isBlank(), "description is empty; say what would be done");
        text("description", action.description());
        legible("description", action.description());
        if (action.connector() != null) {
            name("connector", action.connector());
        }
        amount("estimatedCostCents", action.estimatedCostCents());
        parameters(action.parameters());
    }

    public static void demand(AutonomySettings settings) {
        amount("maxSpendPerActionCents", settings.maxSpendPerActionCents());
        amount("maxDailySpendCents", settings.maxDailySpendCents());
        domains("allowedDomains", settings.allowedDomains());
        domains("blockedDomains", settings.blockedDomains());
        demand(
                ZoneId.getAvailableZoneIds().contains(settings.timeZone()),
                "timeZone '" + shortened(settings.timeZone())
                        + "' does not exist; give an IANA name, such as Europe/Berlin");
        QuietHours quiet = settings.quietHours();
        if (quiet != null) {
            time("quietHours.start", quiet.start());
            time("quietHours.end", quiet.end());
            demand(
                    !quiet.start().equals(quiet.end()),
                    "quietHours.start and quietHours.end are both " + quiet.start()
                            + "; pause instead to be quiet all day, or give null for never");
        }
    }

    /** What can be paused; to lift what is paused, {@link #demandLiftable} is enough. */
    public static void demand(PauseScope scope) {
        demandLiftable(scope);
        if (scope.value() != null) {
            name("scope.value", scope.value());
        }
    }

    public static void demandLiftable(PauseScope scope) {
        switch (scope.kind()) {
            case EVERYTHING -> demand(scope.value() == null, "scope.value must be null where scope.kind is everything");
            case DOMAIN, CONNECTOR, ACTION_TYPE ->
                demand(scope.value() != null, "scope.value is missing; name what is paused");
            case ENVIRONMENT ->
                throw new MalformedException(
                        "scope.kind environment is set where an instance is started, and by no command");
        }
    }

    public static void demandReason(@Nullable String reason) {
        text("reason", reason == null ? "" : reason);
    }

    /** What an executor calls itself. */
    public static void demandExecutor(@Nullable String executorId) {
        if (executorId != null) {
            demand(!executorId.isBlank(), "executorId is empty; name the executor, or leave it out");
            text("executorId", executorId);
        }
    }

    public static void demandCost(@Nullable Long actualCostCents) {
        amount("actualCostCents", actualCostCents);
    }

    private static void parameters(Map<String, ?> parameters) {
        record Level(Object value, int depth) {}
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(parameters, 1));
        long bytes = 0;
        while (!open.isEmpty()) {
            Level level = open.pop();
            demand(level.depth() <= DEEPEST, "parameters are nested deeper than " + DEEPEST + "; flatten them");
            bytes += 2;
            switch (level.value()) {
                case String text -> bytes += text.getBytes(StandardCharsets.UTF_8).length;
                case Map<?, ?> map -> {
                    for (Map.Entry<?, ?> entry : map.entrySet()) {
                        bytes += 4L + String.valueOf(entry.getKey()).getBytes(StandardCharsets.UTF_8).length;
                        if (entry.getValue() != null) {
                            open.push(new Level(entry.getValue(), level.depth() + 1));
                        }
                    }
                }
                case Collection<?> list -> {
                    for (Object each : list) {
                        bytes += 2;
                        if (each != null) {
                            open.push(new Level(each, level.depth() + 1));
                        }
                    }
                }
                case Number number -> {
                    demand(
                            number instanceof Double || Math.abs(number.doubleValue()) <= MOST_WHOLE,
                            "parameters have a whole number beyond " + MOST_WHOLE
                                    + ", which not every reader keeps as it is; give it as a text");
                    demand(
                            Double.isFinite(number.doubleValue()),
                            "parameters have a number that is too large to be one; give it as a text");
                    bytes += String.valueOf(number).length();
                }
                default -> bytes += 5;
            }
            demand(
                    bytes <= MOST_BYTES,
                    "parameters are larger than " + MOST_BYTES / 1024
                            + " KiB; give a reference instead of the content");
        }
    }

    private static void domains(String field, List<String> domains) {
        demand(domains.size() <= MOST_DOMAINS, field + " has more than " + MOST_DOMAINS + " entries; list fewer");
        domains.forEach(domain -> name(field, domain));
    }

    private static void time(String field, String time) {
        demand(TIME.matcher(time).matches(), field + " is no time; write it like 22:00");
    }

    private static void amount(String field, @Nullable Long cents) {
        demand(
                cents == null || cents >= 0 && cents <= MOST_CENTS,
                field + " is " + cents + "; it must be from 0 to " + MOST_CENTS + ", or null");
    }

    /**
     * What stops and rules are found by. Two that look alike are one, so that none slips past a stop: nothing that does not
     * show, one form for each letter (Unicode Standard Annex 15, NFKC), and no blank but single ones between words.
     */
    private static void name(String field, String name) {
        demand(!name.isBlank(), field + " is empty; name it");
        storable(field, name);
        demand(
                name.length() <= LONGEST_NAME,
                field + " has " + name.length() + " characters; at most " + LONGEST_NAME + " are taken");
        refuse(field, name, character -> misleads(character) || doesNotShow(character));
        demand(
                name.equals(name.strip()) && !name.contains("  "),
                field + " has blanks around it, or two in a row; leave them out");
        demand(
                Normalizer.isNormalized(name, Normalizer.Form.NFKC),
                field + " has letters in a form that has a simpler one; write it as "
                        + Normalizer.normalize(name, Normalizer.Form.NFKC));
    }

    private static boolean doesNotShow(int character) {
        return switch (Character.getType(character)) {
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** PostgreSQL keeps no text with this character in it. */
    private static void storable(String field, String text) {
        demand(text.indexOf('\0') < 0, field + " has the character U+0000; leave it out");
    }

    /**
     * What a person reads before saying yes: nothing in it may turn the direction of the rest (Unicode Standard Annex 9,
     * section 2), or be no character. It may have been written by whoever wrote a mail.
     */
    private static void legible(String field, String text) {
        refuse(field, text, Wellformed::misleads);
    }

    private static void refuse(String field, String text, IntPredicate character) {
        text.codePoints().filter(character).findFirst().ifPresent(found -> {
            throw new MalformedException("%s has the character U+%04X, which may mislead who reads it; leave it out"
                    .formatted(field, found));
        });
    }

    private static boolean misleads(int character) {
        return switch (Character.getDirectionality(character)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                    Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                    Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                    Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE -> true;
            default ->
                Character.getType(character) == Character.SURROGATE
                        || Character.isISOControl(character) && !Character.isWhitespace(character);
        };
    }

    private static void text(String field, String text) {
        storable(field, text);
        demand(
                text.length() <= LONGEST_TEXT,
                field + " has " + text.length() + " characters; at most " + LONGEST_TEXT + " are taken");
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    private static void demand(boolean met, String otherwise) {
        if (!met) {
            throw new MalformedException(otherwise);
        }
    }
}
