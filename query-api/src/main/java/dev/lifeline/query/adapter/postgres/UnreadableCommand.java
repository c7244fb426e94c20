package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;

import dev.lifeline.events.Operator;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command that could not be read, at a time at which nobody had looked into it.
 *
 * @param concerns whom; absent: anybody whose commands come by that partition
 */
record UnreadableCommand(@Nullable UUID concerns, int partition, Instant since) {

    /** Of the columns {@code whom}, {@code partition} and {@code since}. */
    static UnreadableCommand of(Readable row) {
        return new UnreadableCommand(
                row.get("whom", UUID.class),
                required(row, "partition", Integer.class),
                required(row, "since", Instant.class));
    }

    /** Since when everything is held back from a user for their sake; absent when it is not. */
    static @Nullable Instant withheldSince(Stream<UnreadableCommand> commands, UUID userId, Freshness.At at) {
        return commands.filter(command -> command.mayConcern(userId, at))
                .map(UnreadableCommand::since)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private boolean mayConcern(UUID userId, Freshness.At at) {
        return concerns == null
                ? partition == at.own() || partition == at.operator()
                : concerns.equals(userId) || concerns.equals(Operator.ID);
    }
}
