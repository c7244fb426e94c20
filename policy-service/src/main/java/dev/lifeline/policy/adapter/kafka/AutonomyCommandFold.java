package dev.lifeline.policy.adapter.kafka;

import dev.lifeline.events.AutonomyCommand;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.AutonomyEvent.CommandUnreadable;
import dev.lifeline.events.Operator;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UserIds;
import dev.lifeline.policy.adapter.postgres.PostgresLedgers;
import dev.lifeline.policy.application.CarryOut;
import dev.lifeline.policy.application.Ledger;
import dev.lifeline.policy.application.ObserveLever;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Folds {@code lifeline.autonomy.commands} into the state, and answers on {@code lifeline.autonomy.events}. */
public final class AutonomyCommandFold implements Fold<AutonomyCommand> {

    /** Part of the contract with brokers' access lists and with readers of {@code projection_offset}. */
    public static final String NAME = "lifeline-policy-commands";

    private final PostgresLedgers ledgers;
    private final CarryOut carryOut;
    private final ObserveLever lever;
    private final IntSupplier operatorsPartition;

    /** @param operatorsPartition which partition has the operator's commands */
    public AutonomyCommandFold(
            PostgresLedgers ledgers, CarryOut carryOut, ObserveLever lever, IntSupplier operatorsPartition) {
        this.ledgers = ledgers;
        this.carryOut = carryOut;
        this.lever = lever;
        this.operatorsPartition = operatorsPartition;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Topic topic() {
        return Topics.AUTONOMY_COMMANDS;
    }

    @Override
    public Class<AutonomyCommand> family() {
        return AutonomyCommand.class;
    }

    @Override
    public List<Outgoing> fold(List<Received<AutonomyCommand>> batch, Connection tx) throws SQLException {
        return ledgers.within(tx, ledger -> {
            hold(ledger, batch);
            List<Outgoing> outgoing = new ArrayList<>();
            for (Received<AutonomyCommand> received : batch) {
                List<AutonomyEvent> events = carryOut.carryOut(ledger, received.message(), received.time());
                for (int ordinal = 0; ordinal < events.size(); ordinal++) {
                    outgoing.add(Outgoing.of(events.get(ordinal), received.at(), ordinal));
                }
            }
            return outgoing;
        });
    }

    /** A later release may have other words for pulling the brake. */
    @Override
    public boolean passesOverUnknown() {
        return false;
    }

    /** Whoever can not be read might have pulled the brake: until somebody has looked, it counts as pulled. */
    @Override
    public List<Outgoing> buried(SourcePosition at, @Nullable String key, String reason, Connection tx)
            throws SQLException {
        return ledgers.within(tx, ledger -> {
            ledger.holdEverything();
            UUID concerns = concerns(key);
            long sequence = ledger.next();
            ledger.noteUnreadable(at, concerns, reason, sequence);
            return List.of(Outgoing.of(new CommandUnreadable(Operator.ID, at, concerns, reason, sequence), at, 0));
        });
    }

    /** The owner of the operator's partition makes one lever of what the instances report. */
    @Override
    public List<Outgoing> tick(int partition, Instant caughtUpAt, Connection tx) throws SQLException {
        if (partition != operatorsPartition.getAsInt()) {
            return List.of();
        }
        return ledgers.within(
                tx,
                ledger -> lever.observe(ledger, caughtUpAt)
                        .map(event -> List.of(
                                Outgoing.of(event, new SourcePosition(topic().name(), partition, -1), ordinal(event))))
                        .orElse(List.of()));
    }

    /** The operator's first, then users' in one order, so that nobody waits for one who waits for him. */
    private static void hold(Ledger ledger, List<Received<AutonomyCommand>> batch) {
        List<UUID> users =
                batch.stream().map(each -> each.message().userId()).distinct().toList();
        if (users.contains(Operator.ID)) {
            ledger.holdEverything();
        }
        ledger.holdExclusively(
                users.stream().filter(user -> !user.equals(Operator.ID)).toList());
    }

    /** The lever has no record that caused it; its sequence tells one change from another. */
    private static int ordinal(AutonomyEvent event) {
        return switch (event) {
            case AutonomyEvent.AutonomyPaused paused -> Math.toIntExact(2 * paused.version());
            case AutonomyEvent.AutonomyResumed resumed -> Math.toIntExact(2 * resumed.version() + 1);
            default -> 0;
        };
    }

    private static @Nullable UUID concerns(@Nullable String key) {
        if (key == null) {
            return null;
        }
        return key.equals(Operator.KEY) ? Operator.ID : UserIds.parse(key).orElse(null);
    }
}
