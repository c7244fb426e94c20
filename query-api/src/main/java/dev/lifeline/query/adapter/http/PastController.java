package dev.lifeline.query.adapter.http;

import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Topics;
import dev.lifeline.query.adapter.http.Answers.BannersBody;
import dev.lifeline.query.adapter.http.Answers.TimelineBody;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.Past;
import dev.lifeline.query.application.ReadModel;
import dev.lifeline.query.domain.Banners;
import dev.lifeline.query.domain.ConnectorHealth;
import dev.lifeline.query.domain.Pauses;
import dev.lifeline.query.domain.Reading;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How things stood for a user at an earlier time: for the user, and for operators and auditors, whose asking is noted. */
@RestController
final class PastController {

    /** The page goes by the database's clock. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final ReadModel readModel;
    private final Banners banners;
    private final Clock clock;

    PastController(ReadModel readModel, Banners banners, Clock clock) {
        this.readModel = readModel;
        this.banners = banners;
        this.clock = clock;
    }

    /**
     * @param known whether anything ever was known of such a user
     * @param whole whether all is told; not of a time that is partly forgotten, and not where a line of the timeline was
     *     written before lines told so much
     */
    record PastBody(
            UUID userId,
            Instant at,
            @Nullable Instant asOf,
            List<PastConnector> connectors,
            Pauses.@Nullable Pause userPause,
            List<Pauses.Pause> operatorPauses,
            AutonomySettings settings,
            List<Past.Waiting> waiting,
            BannersBody screen,
            boolean known,
            boolean whole) {}

    /** A connector under its name. */
    record PastConnector(String name, Answers.Connector state, Instant since) {}

    @GetMapping({"/api/users/{userId}/past", "/api/ops/users/{userId}/past"})
    Mono<PastBody> past(@PathVariable("userId") UUID userId, @RequestParam(name = "at") String at) {
        Instant time = time(at);
        return readModel.past(userId, time).map(past -> body(userId, past));
    }

    /** A user's history, for operators and auditors. */
    @GetMapping("/api/ops/users/{userId}/timeline")
    Mono<TimelineBody> timeline(
            @PathVariable("userId") UUID userId,
            @RequestParam(name = "before", required = false) @Nullable String before,
            @RequestParam(name = "limit", defaultValue = "50") int limit) {
        return readModel
                .timeline(userId, TimelineController.query(before, limit, null))
                .map(TimelineBody::of);
    }

    private Instant time(String at) {
        Instant time;
        try {
            time = Cursor.time(at);
        } catch (DateTimeException e) {
            throw ProblemException.badRequest("at is no instant; write it like 2026-11-20T10:02:00Z.");
        }
        Instant now = clock.instant();
        if (time.isAfter(now.plus(CLOCKS_DIFFER))) {
            throw ProblemException.badRequest("at is in the future; it is " + now + " now.");
        }
        return time.isAfter(now) ? now : time;
    }

    private PastBody body(UUID userId, Past past) {
        Instant asOf = past.asOf();
        Instant known = asOf != null && asOf.isBefore(past.at()) ? asOf : past.at();
        Reading reading = new Reading(past.connectors(), known, true, past.pauses());
        return new PastBody(
                userId,
                past.at(),
                asOf,
                past.connectors().stream().map(PastController::connector).toList(),
                past.pauses().own(),
                past.pauses().operator(),
                past.settings(),
                past.waiting(),
                BannersBody.of(known, banners.compose(reading, past.at())),
                past.known(),
                past.whole() && !past.at().isBefore(clock.instant().minus(Topics.FACT_RETENTION)));
    }

    private static PastConnector connector(ConnectorHealth row) {
        return new PastConnector(row.name(), Answers.Connector.of(row), row.changedAt());
    }
}
