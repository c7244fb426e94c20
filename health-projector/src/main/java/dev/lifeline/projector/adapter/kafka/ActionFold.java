package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionCompleted;
import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.ActionEvent.ActionExpired;
import dev.lifeline.events.ActionEvent.ActionRefused;
import dev.lifeline.events.ActionEvent.ApprovalExpired;
import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRejected;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.ActionEvent.ConfirmationRequired;
import dev.lifeline.events.Outcome;
import dev.lifeline.events.Ruling;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.events.Verdict;
import dev.lifeline.projector.adapter.postgres.PostgresActions;
import dev.lifeline.projector.adapter.postgres.PostgresAutonomy;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.projector.domain.HistoryLine;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Folds {@code lifeline.action.events} into the read model: decisions, and what waits for a person. */
public final class ActionFold implements Fold<ActionEvent> {

    /** Part of the contract with brokers' access lists and with readers of {@code projection_offset}. */
    public static final String NAME = "lifeline-projector-actions";

    private final Function<Connection, PostgresReadModel> readModels;

    public ActionFold() {
        this(PostgresReadModel::new);
    }

    /** @param readModels what to write to in a transaction */
    public ActionFold(Function<Connection, PostgresReadModel> readModels) {
        this.readModels = readModels;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Topic topic() {
        return Topics.ACTION_EVENTS;
    }

    @Override
    public Class<ActionEvent> family() {
        return ActionEvent.class;
    }

    /** Each action is told of three times, and busy agents do many: a blink later is soon enough. */
    @Override
    public Duration gathers() {
        return Duration.ofMillis(20);
    }

    @Override
    public List<Outgoing> fold(List<Received<ActionEvent>> batch, Connection tx) throws SQLException {
        PostgresReadModel readModel = readModels.apply(tx);
        readModel.know(batch.stream().map(each -> each.message().userId()).collect(Collectors.toSet()));
        PostgresActions rows =
                new PostgresActions(tx, batch.stream().map(Received::message).toList());
        OneByOne folding = new OneByOne(rows, new Told());
        for (Received<ActionEvent> received : batch) {
            folding.fold(received.message(), received.time(), received.at());
        }
        rows.save();
        folding.told().saveTo(readModel);
        return List.of();
    }

    /** What the history keeps of a decision that denies: by its id what was denied is found in the decisions. */
    private record Denial(UUID decisionId, Verdict verdict) {}

    private record OneByOne(PostgresActions rows, Told told) {

        void fold(ActionEvent event, Instant at, SourcePosition source) {
            switch (event) {
                case ActionDecided decided -> decided(decided, at, source);
                case ApprovalRequested asked ->
                    tell(rows.ask(asked), asked, source, at, "approval_requested", asked.reason());
                case ConfirmationRequired once -> {
                    rows.confirm(once);
                    told.done(once.userId(), once.commandId(), at, source);
                }
                case ApprovalGranted granted -> {
                    boolean changed = rows.answer(granted, "approved", "approved", granted.grantedAt());
                    tell(changed, granted, source, at, "approval_granted", null);
                    told.done(granted.userId(), granted.commandId(), at, source);
                }
                case ApprovalRejected rejected -> {
                    boolean changed = rows.answer(rejected, "rejected", "rejected", rejected.rejectedAt());
                    tell(changed, rejected, source, at, "approval_rejected", null);
                    told.done(rejected.userId(), rejected.commandId(), at, source);
                }
                case ApprovalExpired expired -> {
                    boolean changed = rows.answer(expired, "expired", "expired", expired.expiredAt());
                    tell(changed, expired, source, at, "approval_expired", null);
                }
                case ApprovalWithdrawn withdrawn -> {
                    boolean changed = rows.answer(withdrawn, "withdrawn", null, at);
                    tell(changed, withdrawn, source, at, "approval_withdrawn", withdrawn.reason());
                }
                case ActionAdmitted admitted ->
                    tell(rows.admitted(admitted), admitted, source, at, "action_admitted", null);
                case ActionRefused refused ->
                    tell(rows.refused(refused), refused, source, at, "action_refused", refused.reason());
                case ActionExpired expired -> {
                    boolean changed = rows.move(expired, "expired", expired.expiredAt());
                    tell(changed, expired, source, at, "action_expired", null);
                }
                case ActionCompleted completed -> {
                    String kind = completed.outcome() == Outcome.FAILED ? "action_failed" : "action_completed";
                    tell(rows.completed(completed), completed, source, at, kind, null);
                }
            }
        }

        private void decided(ActionDecided event, Instant at, SourcePosition source) {
            boolean changed = rows.decided(event, at);
            if (event.verdict().ruling() == Ruling.DENY) {
                tell(
                        changed,
                        event,
                        source,
                        at,
                        "action_denied",
                        event.verdict().reason());
            } else if (changed) {
                told.touched(event.userId());
            }
        }

        private void tell(
                boolean changed,
                ActionEvent event,
                SourcePosition source,
                Instant at,
                String kind,
                @Nullable String code) {
            String type = rows.actionType(event.decisionId());
            Object detail = event instanceof ActionDecided decided
                    ? new Denial(decided.decisionId(), decided.verdict())
                    : event;
            HistoryLine line = HistoryLine.of(event.userId(), source, at, kind, type)
                    .because(code)
                    .telling(PostgresAutonomy.json(detail));
            if (changed) {
                told.line(line);
            } else {
                told.unfounded(line);
            }
        }
    }
}
