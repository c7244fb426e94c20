package dev.lifeline.projector.rebuild;

import java.util.List;

/**
 * How two read models compare, table by table.
 *
 * @param tables in the order of their names
 */
public record Comparison(List<Table> tables) {

    /**
     * @param rows how many rows were compared
     * @param different how many rows differ, are missing or are too many
     * @param unprovable how many rows the log can not tell anything about, for its beginning is gone
     * @param first the first differences, of which one row may have several
     */
    public record Table(String name, long rows, long different, long unprovable, List<Difference> first) {

        public Table {
            first = List.copyOf(first);
        }
    }

    public Comparison {
        tables = List.copyOf(tables);
    }

    public boolean identical() {
        return different() == 0;
    }

    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    public long different() {
        return tables.stream().mapToLong(Table::different).sum();
    }

    public long unprovable() {
        return tables.stream().mapToLong(Table::unprovable).sum();
    }

    /** The first differences of all tables. */
    public List<Difference> first() {
        return tables.stream().flatMap(table -> table.first().stream()).toList();
    }
}
