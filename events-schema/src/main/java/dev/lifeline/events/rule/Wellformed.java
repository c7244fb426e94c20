package dev.lifeline.events.rule;

import dev.lifeline.events.Action;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.AutonomySettings.QuietHours;
import dev.lifeline.events.PauseScope;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses what can not be meant, with the field and the remedy, as a {@link MalformedException}. */
public final class Wellformed {

    /** How deep parameters may be nested. */
    public static final int DEEPEST = 32;

    /** How much text and structure parameters may have, in bytes, about as JSON counts. */
    public static final int MOST_BYTES = 64 * 1024;

    private static final int LONGEST_TEXT = 500;
    private static final int MOST_DOMAINS = 100;
    private static final long MOST_CENTS = 100_000_000_000L;

    /** JSON's numbers are exact up to here wherever they are read (RFC 8259, section 6). */
    private static final long MOST_WHOLE = (1L << 53) - 1;

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    private Wellformed() {}

    public static void demand(Action action) {
        Spelling.name("actionType", action.actionType());
        Spelling.name("domain", action.domain());
        demand(!action.description().isBlank(), "description is empty; say what would be done");
        text("description", action.description());
        Spelling.legible("description", action.description());
        if (action.connector() != null) {
            Spelling.name("connector", action.connector());
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
            Spelling.name("scope.value", scope.value());
        }
    }

    /** What may be paused, under whatever name an earlier release has taken. */
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
        domains.forEach(domain -> Spelling.name(field, domain));
    }

    private static void time(String field, String time) {
        demand(TIME.matcher(time).matches(), field + " is no time; write it like 22:00");
    }

    private static void amount(String field, @Nullable Long cents) {
        demand(
                cents == null || cents >= 0 && cents <= MOST_CENTS,
                field + " is " + cents + "; it must be from 0 to " + MOST_CENTS + ", or null");
    }

    private static void text(String field, String text) {
        Spelling.storable(field, text);
        demand(
                text.length() <= LONGEST_TEXT,
                field + " has " + text.length() + " characters; at most " + LONGEST_TEXT + " are taken");
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    static void demand(boolean met, String otherwise) {
        if (!met) {
            throw new MalformedException(otherwise);
        }
    }
}
