package dev.lifeline.projector.verify;

import dev.lifeline.projector.rebuild.Comparison;
import dev.lifeline.projector.rebuild.Difference;
import dev.lifeline.projector.rebuild.Refold;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row that is not what the log comes to: where it is and whose, but nothing of what it says.
 *
 * @param key by the columns of the primary key
 * @param userId absent: nobody's
 */
public record DifferingRow(
        String table, String key, @Nullable UUID userId) {

    /**
     * What came of one partition.
     *
     * @param cut the offsets before which all was folded
     * @param first the first rows
     */
    public record Report(
            int partition, String cut, long rows, long unprovable, long different, List<DifferingRow> first) {

        public Report {
            first = List.copyOf(first);
        }

        static Report of(int partition, Refold.Compared compared) {
            Comparison comparison = compared.comparison();
            return new Report(
                    partition,
                    compared.cut().words(),
                    comparison.rows(),
                    comparison.unprovable(),
                    comparison.different(),
                    comparison.first().stream().map(DifferingRow::of).distinct().toList());
        }
    }

    private static DifferingRow of(Difference difference) {
        String user = difference.userId();
        return new DifferingRow(difference.table(), difference.key(), user == null ? null : UUID.fromString(user));
    }
}
