package dev.lifeline.query.application;

import dev.lifeline.events.AutonomySettings;
import dev.lifeline.query.domain.ConnectorHealth;
import dev.lifeline.query.domain.Pauses;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a user's things stood at an earlier time, as far as the timeline tells.
 *
 * @param at the time
 * @param asOf when the projector last was caught up with this user; what is after that is not known yet
 * @param connectors without those that were removed, by name. Of one that was well, the last success is that of the line
 *     which says so: polls that find all well write no line
 * @param settings of a user who had set nothing, what holds then
 * @param waiting the approvals that waited for an answer, the longest first
 * @param known whether anything ever was known of such a user
 * @param whole whether all is told; not, where a line was written before lines told so much
 */
public record Past(
        Instant at,
        @Nullable Instant asOf,
        List<ConnectorHealth> connectors,
        Pauses pauses,
        AutonomySettings settings,
        List<Waiting> waiting,
        boolean known,
        boolean whole) {

    /**
     * An action that waited for a person.
     *
     * @param actionType absent where the line does not tell
     * @param reason why it waited, short, for programs
     */
    public record Waiting(
            UUID approvalId,
            @Nullable String actionType,
            @Nullable String reason,
            Instant since,
            Instant until) {}

    public Past {
        connectors = List.copyOf(connectors);
        waiting = List.copyOf(waiting);
    }
}
