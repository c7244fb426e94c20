package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.AutonomySettings.QuietHours;
import dev.lifeline.events.Verdict.Finding;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * Quiet hours: what the clock on the user's wall shows counts. So on the day on which it jumps forward the hour that there is
 * not is not quiet, and on the day on which it goes back the hour that comes twice is quiet twice.
 */
final class QuietTime {

    /** The name of the check, and the code of what it finds. */
    static final String CHECK = "quiet_hours";

    private QuietTime() {}

    static List<Finding> quietHours(Action action, Context context) {
        QuietHours quiet = context.settings().quietHours();
        if (quiet == null) {
            return Check.nothing();
        }
        try {
            return isQuiet(quiet, context.settings().timeZone(), context.now())
                    ? Check.approval(CHECK, CHECK, quiet.start() + " to " + quiet.end())
                    : Check.nothing();
        } catch (DateTimeException e) {
            return Check.approval(CHECK, CHECK, "they can not be understood, so it is always quiet");
        }
    }

    private static boolean isQuiet(QuietHours quiet, String zone, Instant now) {
        LocalTime start = time(quiet.start());
        LocalTime end = time(quiet.end());
        LocalTime shown = now.atZone(ZoneId.of(zone)).toLocalTime();
        boolean started = !shown.isBefore(start);
        boolean ended = !shown.isBefore(end);
        return start.isBefore(end) ? started && !ended : started || !ended;
    }

    /** As {@link LocalTime#parse} has it; the form in which they are nearly always, in a tenth of the time. */
    private static LocalTime time(String text) {
        boolean usual = text.length() == 5 && text.charAt(2) == ':';
        int hour = usual ? number(text, 0) : -1;
        int minute = usual ? number(text, 3) : -1;
        return hour >= 0 && minute >= 0 ? LocalTime.of(hour, minute) : LocalTime.parse(text);
    }

    /** The two digits there; negative when there are none. */
    private static int number(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1;
    }
}
