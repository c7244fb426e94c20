package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.CommandRejected;
import dev.lifeline.events.AutonomyEvent.CommandUnreadable;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.AutonomyEvent.PolicyRemoved;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomyEvent.UnreadableResolved;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.projector.adapter.postgres.PostgresAutonomy;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.projector.domain.CommandAnswer;
import dev.lifeline.projector.domain.HistoryLine;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Folds {@code lifeline.autonomy.events} into the read model: what is paused, what is allowed, and what became of commands.
 * They come as seldom as people press buttons, so each is written by itself.
 */
public final class AutonomyFold implements Fold<AutonomyEvent> {

    /** Part of the contract with brokers' access lists and with readers of {@code projection_offset}. */
    public static final String NAME = "lifeline-projector-autonomy";

    private final Function<Connection, PostgresReadModel> readModels;

    public AutonomyFold() {
        this(PostgresReadModel::new);
    }

    /** @param readModels what to write to in a transaction */
    public AutonomyFold(Function<Connection, PostgresReadModel> readModels) {
        this.readModels = readModels;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Topic topic() {
        return Topics.AUTONOMY_EVENTS;
    }

    @Override
    public Class<AutonomyEvent> family() {
        return AutonomyEvent.class;
    }

    @Override
    public List<Outgoing> fold(List<Received<AutonomyEvent>> batch, Connection tx) throws SQLException {
        PostgresReadModel readModel = readModels.apply(tx);
        readModel.know(batch.stream().map(each -> each.message().userId()).collect(Collectors.toSet()));
        OneByOne folding = new OneByOne(new PostgresAutonomy(tx), new Told());
        for (Received<AutonomyEvent> received : batch) {
            folding.fold(received.message(), received.time(), received.at());
        }
        folding.told().saveTo(readModel);
        return List.of();
    }

    private record OneByOne(PostgresAutonomy rows, Told told) {

        void fold(AutonomyEvent event, Instant at, SourcePosition source) throws SQLException {
            UUID user = event.userId();
            switch (event) {
                case AutonomyPaused paused -> {
                    paused(paused, source);
                    told.done(user, paused.commandId(), at, source);
                }
                case AutonomyResumed resumed -> {
                    resumed(resumed, source);
                    told.done(user, resumed.commandId(), at, source);
                }
                case AutonomySettingsUpdated updated -> {
                    if (rows.set(user, updated.settings(), updated.version())) {
                        told.line(line(updated, source, at, "settings_changed", null));
                    }
                    told.done(user, updated.commandId(), at, source);
                }
                case TrustTierChanged changed -> {
                    if (rows.trust(user, changed.to(), changed.version())) {
                        told.line(line(changed, source, at, "trust_tier_changed", null)
                                .between(changed.from().wireName(), changed.to().wireName()));
                    }
                    told.done(user, changed.commandId(), at, source);
                }
                case PolicyChanged changed -> {
                    if (rows.policy(user, changed.policy().policyId(), changed.policy(), changed.version())) {
                        told.line(line(changed, source, at, "policy_changed", null));
                    }
                    told.done(user, changed.commandId(), at, source);
                }
                case PolicyRemoved removed -> {
                    if (rows.policy(user, removed.policyId(), null, removed.version())) {
                        told.line(line(removed, source, at, "policy_removed", null));
                    }
                    told.done(user, removed.commandId(), at, source);
                }
                case CommandRejected rejected -> {
                    if (!told.answers(rejected.commandId())) {
                        told.line(HistoryLine.ofRejection(user, source, at, rejected.code())
                                .telling(PostgresAutonomy.json(rejected)));
                    }
                    told.answer(new CommandAnswer(
                            user, rejected.commandId(), null, rejected.code(), rejected.reason(), at, source));
                }
                case CommandUnreadable unreadable ->
                    rows.unreadable(unreadable.source(), unreadable.concerns(), unreadable.reason(), at);
                case UnreadableResolved resolved -> {
                    rows.resolved(resolved.source(), at);
                    told.done(user, resolved.commandId(), at, source);
                }
            }
        }

        private void paused(AutonomyPaused event, SourcePosition source) throws SQLException {
            if (!event.userId().equals(Operator.ID)) {
                if (rows.pause(event)) {
                    told.line(line(event, source, event.pausedAt(), "user_paused", null));
                }
            } else if (rows.pauseForAll(event)) {
                told.touchedAll();
                told.line(line(event, source, event.pausedAt(), "operator_paused", words(event.scope())));
            }
        }

        private void resumed(AutonomyResumed event, SourcePosition source) throws SQLException {
            if (!event.userId().equals(Operator.ID)) {
                HistoryLine line = line(event, source, event.resumedAt(), "user_resumed", null);
                if (rows.resume(event)) {
                    told.line(line);
                } else {
                    told.unfounded(line);
                }
            } else {
                HistoryLine line = line(event, source, event.resumedAt(), "operator_resumed", words(event.scope()));
                if (rows.resumeForAll(event)) {
                    told.touchedAll();
                    told.line(line);
                } else {
                    told.unfounded(line);
                }
            }
        }

        private static HistoryLine line(
                AutonomyEvent event, SourcePosition source, Instant at, String kind, @Nullable String subject) {
            return HistoryLine.of(event.userId(), source, at, kind, subject).telling(PostgresAutonomy.json(event));
        }

        private static String words(PauseScope scope) {
            String kind = scope.kind().wireName();
            return scope.value() == null ? kind : kind + " " + scope.value();
        }
    }
}
