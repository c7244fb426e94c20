package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.SourcePosition;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.projector.domain.CommandAnswer;
import dev.lifeline.projector.domain.HistoryLine;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a batch of events comes to beside their own rows: history, answers to commands, and who is to look again. */
final class Told {

    private final List<HistoryLine> history = new ArrayList<>();
    private final List<HistoryLine> unfounded = new ArrayList<>();
    private final Map<UUID, CommandAnswer> answers = new LinkedHashMap<>();
    private final Set<UUID> users = new LinkedHashSet<>();
    private boolean everybody;

    /** What that user sees has changed. */
    void touched(UUID userId) {
        users.add(userId);
    }

    /** What all users see has changed. */
    void touchedAll() {
        everybody = true;
    }

    void line(HistoryLine line) {
        users.add(line.userId());
        history.add(line);
    }

    /** A line that would be told, were that known which it is about. */
    void unfounded(HistoryLine line) {
        unfounded.add(line);
    }

    /** @param commandId absent: no command asked for it */
    void done(UUID userId, @Nullable UUID commandId, Instant at, SourcePosition source) {
        if (commandId != null) {
            answer(CommandAnswer.done(userId, commandId, at, source));
        }
    }

    /** Whether a command has an answer among these. */
    boolean answers(UUID commandId) {
        return answers.containsKey(commandId);
    }

    void answer(CommandAnswer answer) {
        users.add(answer.userId());
        answers.putIfAbsent(answer.commandId(), answer);
    }

    void saveTo(PostgresReadModel readModel) throws SQLException {
        readModel.save(users, everybody, history, answers.values());
        readModel.noteUnfounded(unfounded);
    }
}
