package dev.lifeline.standalone.audit;

import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Verdict;
import dev.lifeline.query.domain.Banner;
import dev.lifeline.query.domain.ConnectorHealth;
import dev.lifeline.query.domain.Pauses;
import dev.lifeline.runtime.OneLine;
import dev.lifeline.standalone.audit.AutonomyTale.Older;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A history on paper.
 *
 * @param extent the part of the log that it is told from
 * @param moment how everything is in the end
 * @param read what was met on the way
 */
record Report(UUID userId, Extent extent, Moment moment, List<Line> lines, UserLog.Read read) {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String INDENT = " ".repeat(14);
    private static final String OLDER = "not known, older than the log";

    List<String> text() {
        List<String> text = new ArrayList<>();
        text.add("History of " + userId + " up to " + time(moment.at()) + ", by the clock of the broker, in UTC.");
        text.add("The log begins at " + time(extent.begins())
                + (extent.cut() ? ": what happened before is told no more" : "")
                + ". A line ends with the record that says so: topic-partition@offset.");
        LocalDate day = null;
        for (Line line : lines) {
            LocalDate ofLine = LocalDate.ofInstant(line.at(), ZoneOffset.UTC);
            if (!ofLine.equals(day)) {
                text.add("");
                text.add(ofLine.toString());
                day = ofLine;
            }
            text.add("  " + CLOCK.format(line.at()) + "  " + line.text() + again(line));
            text.add(INDENT + at(line));
        }
        if (read.unreadable() + read.unknown() > 0) {
            text.add("");
        }
        if (read.unreadable() > 0) {
            text.add(records(read.unreadable())
                    + " may have been this user's or the operator's and can not be understood; see the dead letters.");
        }
        if (read.unknown() > 0) {
            text.add(records(read.unknown()) + " of a later release passed over.");
        }
        text.add("");
        text.addAll(state());
        text.replaceAll(OneLine::of);
        return text;
    }

    private static String records(long count) {
        return count + (count == 1 ? " record" : " records");
    }

    String json() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("userId", userId);
        all.put("at", moment.at().toString());
        all.put("logBegins", extent.begins().toString());
        all.put("unreadable", read.unreadable());
        all.put("ofLaterRelease", read.unknown());
        all.put("lines", lines.stream().map(Report::json).toList());
        all.put("state", jsonState());
        return indented(all);
    }

    /** Of a user of whom nothing is to be told but that. */
    static String jsonOfErased(UUID userId, Instant erasedAt) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("userId", userId);
        all.put("erasedAt", erasedAt.toString());
        return indented(all);
    }

    private static String indented(Map<String, ?> all) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(all);
    }

    private List<String> state() {
        List<String> text = new ArrayList<>(List.of("As of " + time(moment.at()) + ":"));
        if (moment.connectors().isEmpty()) {
            text.add(extent.connectorsCut() ? "  no connector of which the log has a word" : "  no connector");
        }
        for (ConnectorHealth connector : moment.connectors()) {
            String account = connector.account() == null ? "account not known" : connector.account();
            text.add("  " + connector.name() + " (" + account + "): "
                    + connector.condition().wireName()
                    + (connector.errorCode() == null ? "" : ", " + connector.errorCode())
                    + ", since "
                    + (extent.connectorsCut() && !connector.changedAt().isAfter(extent.begins())
                            ? "before the log begins"
                            : time(connector.changedAt()))
                    + "; last read "
                    + (connector.lastSuccessAt() != null
                            ? time(connector.lastSuccessAt())
                            : connector.account() == null ? "not known" : "never"));
        }
        Pauses.Pause own = moment.pauses().own();
        text.add("  paused by the user: " + (isOlder(Older.USER_PAUSE) ? OLDER : own == null ? "no" : said(own)));
        List<String> operators = new ArrayList<>(
                moment.pauses().operator().stream().map(Report::said).toList());
        if (isOlder(Older.OPERATOR_PAUSES)) {
            operators.add(operators.isEmpty() ? OLDER : "whether there are others is " + OLDER);
        }
        text.add("  paused by the operator: " + (operators.isEmpty() ? "no" : String.join("; ", operators)));
        text.addAll(settings());
        text.add("  waiting for the user: "
                + (moment.waiting().isEmpty() ? "nothing" : moment.waiting().size()));
        moment.waiting()
                .forEach(each -> text.add("    " + each.action() + ", for " + each.reason() + ", since "
                        + time(each.since()) + ", until " + time(each.until())));
        text.add("  on the screen" + (mayHaveSaidMore() ? ", as far as the log tells: " : ": ")
                + (moment.banners().isEmpty()
                        ? "no banner"
                        : String.join(
                                "; ",
                                moment.banners().stream()
                                        .map(banner -> banner.kind().severity().wireName() + ", \u201c" + banner.text()
                                                + "\u201d")
                                        .toList())));
        moment.proposals()
                .forEach((connector, verdict) -> text.add("  the most harmless proposal"
                        + (connector.isEmpty() ? "" : " for " + connector) + " would have got: "
                        + verdict.ruling().wireName()
                        + (verdict.findings().isEmpty() ? "" : ", for " + codes(verdict))));
        moment.undecidable().ifPresent(why -> text.add("  nothing would have been decided: " + why));
        return text;
    }

    private boolean mayHaveSaidMore() {
        return extent.connectorsCut() || isOlder(Older.USER_PAUSE) || isOlder(Older.OPERATOR_PAUSES);
    }

    private boolean isOlder(Older what) {
        return moment.older().contains(what);
    }

    /** All that decides; what is not set and so decides nothing is left out. */
    private List<String> settings() {
        AutonomySettings settings = moment.settings();
        int rules = moment.policies().size();
        boolean limited = settings.maxSpendPerActionCents() != null && settings.maxDailySpendCents() != null;
        List<String> text = new ArrayList<>();
        String sets = (isOlder(Older.POLICIES) ? rules + " or more" : rules)
                + (rules == 1 && !isOlder(Older.POLICIES) ? " set of rules" : " sets of rules");
        if (isOlder(Older.SETTINGS)) {
            text.add("  settings: " + OLDER + "; " + sets);
            return text;
        }
        text.add("  settings: trust " + settings.trustTier().wireName() + ", " + settings.timeZone() + ", " + sets);
        text.add("    " + (limited ? "" : "nothing that costs is done: ") + cents(settings.maxSpendPerActionCents())
                + " for an action, " + cents(settings.maxDailySpendCents()) + " for a day"
                + (limited ? "" : ", and both are needed") + " (" + moment.spentCents()
                + " cents spent or reserved)");
        if (settings.requireApprovalForIrreversible()) {
            text.add("    what can not be undone needs approval");
        }
        AutonomySettings.QuietHours quiet = settings.quietHours();
        if (quiet != null) {
            text.add("    quiet from " + quiet.start() + " to " + quiet.end() + ": everything needs approval");
        }
        if (!settings.allowedDomains().isEmpty()) {
            text.add("    allowed in these domains only: " + String.join(", ", settings.allowedDomains()));
        }
        if (!settings.blockedDomains().isEmpty()) {
            text.add("    not allowed in these domains: " + String.join(", ", settings.blockedDomains()));
        }
        return text;
    }

    private static String cents(@Nullable Long limit) {
        return limit == null ? "no limit" : "at most " + limit + " cents";
    }

    private static String said(Pauses.Pause pause) {
        return (pause.scope().value() == null
                        ? pause.scope().kind().wireName()
                        : pause.scope().kind().wireName() + " " + pause.scope().value())
                + " since " + time(pause.at()) + (pause.reason() == null ? "" : ", \u201c" + pause.reason() + "\u201d");
    }

    private static String codes(Verdict verdict) {
        return String.join(
                ", ", verdict.findings().stream().map(Verdict.Finding::code).toList());
    }

    private static String again(Line line) {
        return line.until() == null ? "" : " So " + line.times() + " times, until " + CLOCK.format(line.until()) + ".";
    }

    /** To the second; the records have more. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String at(Line line) {
        return line.source().topic() + "-" + line.source().partition() + "@"
                + line.source().offset();
    }

    private static Map<String, @Nullable Object> json(Line line) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("at", line.at().toString());
        json.put("until", line.until() == null ? null : line.until().toString());
        json.put("times", line.times());
        json.put("kind", line.kind());
        json.put("text", line.text());
        json.put("topic", line.source().topic());
        json.put("partition", line.source().partition());
        json.put("offset", line.source().offset());
        return json;
    }

    private Map<String, @Nullable Object> jsonState() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("connectors", moment.connectors());
        json.put("userPause", moment.pauses().own());
        json.put("operatorPauses", moment.pauses().operator());
        json.put("settings", isOlder(Older.SETTINGS) ? null : moment.settings());
        json.put(
                "policies",
                moment.policies().stream().map(changed -> changed.policy()).toList());
        json.put(
                "olderThanLog",
                moment.older().stream().map(Older::wireName).sorted().toList());
        json.put("controlUnknown", moment.unknown());
        json.put("spentCents", moment.spentCents());
        json.put("waiting", moment.waiting());
        json.put("banners", moment.banners().stream().map(Report::json).toList());
        json.put("proposals", moment.proposals());
        json.put("undecidable", moment.undecidable().orElse(null));
        return json;
    }

    private static Map<String, @Nullable Object> json(Banner banner) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", banner.id());
        json.put("severity", banner.kind().severity().wireName());
        json.put("text", banner.text());
        json.put("detail", banner.detail());
        json.put("since", banner.since() == null ? null : banner.since().toString());
        return json;
    }
}
