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

    private static final String CHECK = "quiet_hours";

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
        LocalTime start = LocalTime.parse(quiet.start());
        LocalTime end = LocalTime.parse(quiet.end());
        LocalTime shown = now.atZone(ZoneId.of(zone)).toLocalTime();
        boolean started = !shown.isBefore(start);
        boolean ended = !shown.isBefore(end);
        return start.isBefore(end) ? started && !ended : started || !ended;
    }
}
