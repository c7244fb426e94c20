package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.projector.adapter.postgres.Tables.Table;
import dev.lifeline.projector.rebuild.Comparison;
import dev.lifeline.projector.rebuild.Cut;
import dev.lifeline.projector.rebuild.Difference;
import dev.lifeline.projector.rebuild.Share;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares every row of every table of two read models, which read at the same cut, but for what is so old that the live one
 * may have forgotten it. Both are streamed in the order of their primary keys, so it takes the same memory however large they
 * are.
 */
public final class PostgresComparison {

    private static final int MOST_DIFFERENCES = 10;

    private final Connection live;
    private final String liveSchema;
    private final Connection rebuilt;
    private final String rebuiltSchema;
    private final Share share;

    /**
     * @param live in a transaction that sees the cut and nothing later
     * @param rebuilt in a transaction
     * @param share which rows
     */
    public PostgresComparison(
            Connection live, String liveSchema, Connection rebuilt, String rebuiltSchema, Share share) {
        this.live = live;
        this.liveSchema = liveSchema;
        this.rebuilt = rebuilt;
        this.rebuiltSchema = rebuiltSchema;
        this.share = share;
    }

    public Comparison at(Cut cut) throws SQLException {
        Provability provability =
                new Provability(Origins.of(rebuilt, rebuiltSchema), live, liveSchema, rebuilt, rebuiltSchema);
        AsOfCut asOfCut = new AsOfCut(liveSchema, cut, provability.origins());
        Instant horizon = Retention.horizon(live);
        List<Comparison.Table> results = new ArrayList<>();
        int partitions = cut.partitions();
        if (share instanceof Share.OfPartition one) {
            ShareUsers.note(live, liveSchema, one.number(), partitions);
            ShareUsers.note(rebuilt, rebuiltSchema, one.number(), partitions);
        }
        FoldVersions versions = FoldVersions.of(live, liveSchema, rebuilt, rebuiltSchema, partitions);
        for (Table table : Tables.of(rebuilt, rebuiltSchema)) {
            if (!table.isOfUsers() && !hasNobodys(partitions)) {
                continue;
            }
            results.add(new Compared(
                            table,
                            shared(table, Retention.since(horizon, table, asOfCut.rowsOf(table))),
                            shared(table, Retention.since(horizon, table, rebuiltSchema + "." + table.name())),
                            provability,
                            versions,
                            unproven(table, asOfCut))
                    .compare());
        }
        return new Comparison(results);
    }

    /** How many rows are older than the log though the two do not differ in them. */
    private long unproven(Table table, AsOfCut asOfCut) throws SQLException {
        return switch (table.name()) {
            case "timeline" -> count(live, shared(table, asOfCut.older()));
            case "connector_health" -> count(rebuilt, shared(table, Provability.borrowed(rebuiltSchema)));
            default -> 0;
        };
    }

    private static long count(Connection connection, String rows) throws SQLException {
        return Long.parseLong(Sql.text(connection, "SELECT count(*)::text FROM " + rows + " AS t")
                .orElse("0"));
    }

    private boolean hasNobodys(int partitions) {
        return switch (share) {
            case Share.All all -> true;
            case Share.OfUser one -> false;
            case Share.OfPartition one -> Share.isOperators(one.number(), partitions);
        };
    }

    /** @param rows a table, or a query in brackets */
    private String shared(Table table, String rows) {
        String whose = switch (share) {
            case Share.All all -> "";
            case Share.OfUser one -> "user_id = '" + one.userId() + "'";
            case Share.OfPartition one -> ShareUsers.CONDITION;
        };
        return whose.isEmpty() || !table.isOfUsers() ? rows : "(SELECT * FROM " + rows + " AS one WHERE " + whose + ")";
    }

    /** One table. */
    private final class Compared {

        private final Table table;
        private final String liveRows;
        private final String rebuiltRows;
        private final Provability provability;
        private final FoldVersions versions;
        private final List<Difference> first = new ArrayList<>();
        private long rows;
        private long different;
        private long unprovable;

        Compared(
                Table table,
                String liveRows,
                String rebuiltRows,
                Provability provability,
                FoldVersions versions,
                long unproven) {
            this.table = table;
            this.liveRows = liveRows;
            this.rebuiltRows = rebuiltRows;
            this.provability = provability;
            this.versions = versions;
            this.unprovable = unproven;
        }

        Comparison.Table compare() throws SQLException {
            try (Rows ours = Rows.of(live, table, liveRows);
                    Rows theirs = Rows.of(rebuilt, table, rebuiltRows)) {
                while (ours.present() || theirs.present()) {
                    int order = ours.compareTo(theirs);
                    rows++;
                    if (order != 0 || !ours.content().equals(theirs.content())) {
                        differs(order, ours, theirs);
                    }
                    if (order <= 0) {
                        ours.next();
                    }
                    if (order >= 0) {
                        theirs.next();
                    }
                }
            }
            return new Comparison.Table(table.name(), rows, different, unprovable, first);
        }

        private void differs(int order, Rows ours, Rows theirs) throws SQLException {
            if (provability.complete() && first.size() >= MOST_DIFFERENCES) {
                different++;
                return;
            }
            @Nullable Map<String, @Nullable String> lives = order <= 0 ? ours.columns(live, table, liveRows) : null;
            @Nullable
            Map<String, @Nullable String> others = order >= 0 ? theirs.columns(rebuilt, table, rebuiltRows) : null;
            if (others != null && provability.borrows(table.name(), others)) {
                unprovable--; // it is counted by what differs
            }
            if (lives != null && !provability.complete() && provability.excuses(table.name(), lives, others)) {
                unprovable++;
                return;
            }
            different++;
            if (first.size() >= MOST_DIFFERENCES) {
                return;
            }
            @Nullable Map<String, @Nullable String> row = lives == null ? others : lives;
            @Nullable
            String version =
                    row == null ? null : versions.other(table.name(), row).orElse(null);
            if (lives == null) {
                first.add(Difference.lost(table.name(), theirs.keyAsText(), user(others))
                        .by(version));
            } else if (others == null) {
                first.add(Difference.added(table.name(), ours.keyAsText(), user(lives))
                        .by(version));
            } else {
                lives.forEach((column, value) -> {
                    if (!Objects.equals(value, others.get(column))) {
                        first.add(new Difference(
                                table.name(),
                                ours.keyAsText(),
                                user(lives),
                                column,
                                value,
                                others.get(column),
                                version));
                    }
                });
            }
        }

        private static @Nullable String user(@Nullable Map<String, @Nullable String> row) {
            return row == null ? null : row.get("user_id");
        }
    }
}
