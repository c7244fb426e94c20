package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.projector.adapter.postgres.Tables.Column;
import dev.lifeline.projector.adapter.postgres.Tables.Table;
import dev.lifeline.projector.rebuild.Comparison;
import dev.lifeline.projector.rebuild.Cut;
import dev.lifeline.projector.rebuild.Difference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares every row of every table of two read models, which read at the same cut. Both are streamed in the order of their
 * primary keys, so it takes the same memory however large they are.
 */
public final class PostgresComparison {

    private static final int MOST_DIFFERENCES = 10;

    private final Connection live;
    private final String liveSchema;
    private final Connection rebuilt;
    private final String rebuiltSchema;

    /**
     * @param live in a transaction that sees the cut and nothing later
     * @param rebuilt in a transaction
     */
    public PostgresComparison(Connection live, String liveSchema, Connection rebuilt, String rebuiltSchema) {
        this.live = live;
        this.liveSchema = liveSchema;
        this.rebuilt = rebuilt;
        this.rebuiltSchema = rebuiltSchema;
    }

    public Comparison at(Cut cut) throws SQLException {
        AsOfCut asOfCut = new AsOfCut(liveSchema, cut);
        List<Comparison.Table> results = new ArrayList<>();
        for (Table table : Tables.of(rebuilt, rebuiltSchema)) {
            results.add(compare(table, asOfCut.rowsOf(table), rebuiltSchema + "." + table.name()));
        }
        return new Comparison(results);
    }

    private Comparison.Table compare(Table table, String liveRows, String rebuiltRows) throws SQLException {
        List<Difference> first = new ArrayList<>();
        long rows = 0;
        long different = 0;
        try (Rows ours = Rows.of(live, table, liveRows);
                Rows theirs = Rows.of(rebuilt, table, rebuiltRows)) {
            while (ours.present() || theirs.present()) {
                int order = ours.compareTo(theirs);
                rows++;
                if (order != 0 || !ours.content().equals(theirs.content())) {
                    different++;
                    if (first.size() < MOST_DIFFERENCES) {
                        first.addAll(differences(table, order, ours, liveRows, theirs, rebuiltRows));
                    }
                }
                if (order <= 0) {
                    ours.next();
                }
                if (order >= 0) {
                    theirs.next();
                }
            }
        }
        return new Comparison.Table(table.name(), rows, different, 0, first);
    }

    private List<Difference> differences(
            Table table, int order, Rows ours, String liveRows, Rows theirs, String rebuiltRows) throws SQLException {
        if (order < 0) {
            return List.of(Difference.added(table.name(), ours.keyAsText()));
        }
        if (order > 0) {
            return List.of(Difference.lost(table.name(), theirs.keyAsText()));
        }
        List<@Nullable String> lives = ours.columns(live, table, liveRows);
        List<@Nullable String> rebuilts = theirs.columns(rebuilt, table, rebuiltRows);
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < lives.size(); i++) {
            if (!Objects.equals(lives.get(i), rebuilts.get(i))) {
                Column column = table.columns().get(i);
                differences.add(
                        new Difference(table.name(), ours.keyAsText(), column.name(), lives.get(i), rebuilts.get(i)));
            }
        }
        return differences;
    }
}
