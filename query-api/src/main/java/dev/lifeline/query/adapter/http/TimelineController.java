package dev.lifeline.query.adapter.http;

import dev.lifeline.query.adapter.http.Answers.TimelineBody;
import dev.lifeline.query.adapter.problem.ProblemException;
import dev.lifeline.query.application.ReadModel;
import dev.lifeline.query.application.Timeline;
import dev.lifeline.query.application.Timeline.Position;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A user's history, newest first, in pages. */
@RestController
final class TimelineController {

    private static final int MOST = 200;
    private static final String CONNECTORS = "connectors";

    private final ReadModel readModel;

    TimelineController(ReadModel readModel) {
        this.readModel = readModel;
    }

    @GetMapping("/api/users/{userId}/timeline")
    Mono<TimelineBody> timeline(
            @PathVariable("userId") UUID userId,
            @RequestParam(name = "before", required = false) @Nullable String before,
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "limit", defaultValue = "50") int limit,
            @RequestParam(name = "about", required = false) @Nullable String about) {
        if (after != null) {
            throw ProblemException.badRequest(
                    "after is not known here: what happened is told newest first, in pages with before.");
        }
        return readModel.timeline(userId, query(before, limit, about)).map(TimelineBody::of);
    }

    static Timeline.Query query(@Nullable String before, int limit, @Nullable String about) {
        if (about != null && !about.equals(CONNECTORS)) {
            throw ProblemException.badRequest("about may be " + CONNECTORS + "; leave it out for all.");
        }
        if (limit < 1 || limit > MOST) {
            throw ProblemException.badRequest("limit is " + limit + "; it must be from 1 to " + MOST + ".");
        }
        return new Timeline.Query(position(before), limit, about != null);
    }

    private static @Nullable Position position(@Nullable String before) {
        if (before == null) {
            return null;
        }
        return Cursor.parse(before)
                .orElseThrow(() -> ProblemException.badRequest(
                        "before is not a cursor; take it from next of the page before, or leave it out."));
    }
}
