package dev.lifeline.projector.adapter.kafka;

import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UserEvent;
import dev.lifeline.events.UserEvent.UserErased;
import dev.lifeline.projector.adapter.postgres.PostgresErasures;
import dev.lifeline.projector.adapter.postgres.PostgresReadModel;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Outgoing;
import dev.lifeline.runtime.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Folds {@code lifeline.user.events}: removes erased users from the read model, and keeps their ids, which {@link
 * WithoutErased} asks for. That their connectors are no more is told by the {@link ConnectorHealthFold}, so that it follows
 * what that fold has told before.
 */
public final class ErasureFold implements Fold<UserEvent> {

    /** Part of the contract with brokers' access lists and with readers of {@code projection_offset}. */
    public static final String NAME = "lifeline-projector-erasures";

    private final Function<Connection, PostgresReadModel> readModels;

    public ErasureFold() {
        this(PostgresReadModel::new);
    }

    /** @param readModels what to write to in a transaction */
    public ErasureFold(Function<Connection, PostgresReadModel> readModels) {
        this.readModels = readModels;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Topic topic() {
        return Topics.USER_EVENTS;
    }

    @Override
    public Class<UserEvent> family() {
        return UserEvent.class;
    }

    @Override
    public List<Outgoing> fold(List<Received<UserEvent>> batch, Connection tx) throws SQLException {
        PostgresErasures erasures = new PostgresErasures(tx);
        erasures.holdFolds();
        for (Received<UserEvent> received : batch) {
            switch (received.message()) {
                case UserErased erased -> {
                    UUID user = erased.userId();
                    erasures.erase(user, erased.erasedAt(), received.at());
                    readModels.apply(tx).tell(Set.of(user));
                }
            }
        }
        return List.of();
    }
}
