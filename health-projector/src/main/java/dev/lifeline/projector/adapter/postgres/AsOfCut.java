package dev.lifeline.projector.adapter.postgres;

import dev.lifeline.events.Topics;
import dev.lifeline.projector.adapter.postgres.Tables.Column;
import dev.lifeline.projector.adapter.postgres.Tables.Table;
import dev.lifeline.projector.rebuild.Cut;
import java.util.stream.Collectors;

/**
 * The rows of a live read model as they are at a cut. That is what its tables hold, but for one thing: the timer notes what
 * is overdue a moment after it is. What was due before its partition was caught up with <em>is</em> stale; so is it taken
 * here, and in a rebuild.
 */
final class AsOfCut {

    private final String schema;
    private final String overdue;
    private final String older;

    /** @param origins what is older is left out */
    AsOfCut(String schema, Cut cut, Origins origins) {
        this.schema = schema;
        this.older = origins.olderBySource();
        this.overdue = overdue(cut);
    }

    /** The condition that a row of {@code connector_health} is stale at a cut, and that has not been noted. */
    static String overdue(Cut cut) {
        return "(removed_at IS NULL AND condition IN ('ok', 'retrying') AND due_by < CASE "
                + cut.parts().stream()
                        .filter(part -> part.caughtUpAt() != null)
                        .filter(part -> part.topic().equals(Topics.CONNECTOR_EVENTS.name()))
                        .map(part -> "WHEN source_partition = %d THEN timestamptz '%s' "
                                .formatted(part.partition(), part.caughtUpAt()))
                        .collect(Collectors.joining())
                + "WHEN source_partition < 0 THEN NULL ELSE '-infinity' END)";
    }

    /** What to select from. */
    String rowsOf(Table table) {
        return switch (table.name()) {
            case "connector_health" ->
                "(SELECT %s FROM %s.connector_health)"
                        .formatted(
                                table.columns().stream()
                                        .map(this::connectorColumn)
                                        .collect(Collectors.joining(", ")),
                                schema);
            case "timeline" ->
                "(SELECT %s FROM %s.timeline WHERE NOT %s UNION ALL SELECT %s FROM %s.connector_health WHERE %s)"
                        .formatted(
                                table.columns().stream().map(Column::name).collect(Collectors.joining(", ")),
                                schema,
                                older,
                                table.columns().stream().map(AsOfCut::staleLine).collect(Collectors.joining(", ")),
                                schema,
                                overdue);
            default -> schema + "." + table.name();
        };
    }

    /** The lines of the timeline that are left out. */
    String older() {
        return "(SELECT user_id FROM " + schema + ".timeline WHERE " + older + ")";
    }

    private String connectorColumn(Column column) {
        return switch (column.name()) {
            case "condition" -> ifOverdue("'stale'", column);
            case "changed_at" -> ifOverdue("due_by", column);
            case "version" -> ifOverdue("version + 1", column);
            default -> column.name();
        };
    }

    private String ifOverdue(String then, Column column) {
        return "CASE WHEN " + overdue + " THEN " + then + " ELSE " + column.name() + " END AS " + column.name();
    }

    private static String staleLine(Column column) {
        return switch (column.name()) {
            case "ordinal" -> "1";
            case "at" -> "due_by";
            case "kind" -> "'condition_changed'";
            case "from_condition" -> "condition";
            case "to_condition" -> "'stale'";
            case "user_id",
                    "connector_name",
                    "error_code",
                    "grant_id",
                    "failure_class",
                    "last_success_at",
                    "provider",
                    "source_topic",
                    "source_partition",
                    "source_offset" -> column.name();
            default -> "NULL::" + column.type();
        };
    }
}
