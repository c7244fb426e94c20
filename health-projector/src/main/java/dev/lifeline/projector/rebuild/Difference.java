package dev.lifeline.projector.rebuild;

import dev.lifeline.runtime.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * Something in which two read models differ.
 *
 * @param key the row, by the columns of its primary key
 * @param userId whose it is; absent: nobody's
 * @param column absent: the row is in one of them only
 * @param live what the live one says; absent: NULL, or there is no such row
 * @param rebuilt what the log comes to; absent: NULL, or there is no such row
 * @param version which other version of the fold may have written it, in words; absent: none that is known of
 */
public record Difference(
        String table,
        String key,
        @Nullable String userId,
        @Nullable String column,
        @Nullable String live,
        @Nullable String rebuilt,
        @Nullable String version) {

    private static final int MOST_SHOWN = 80;

    /** A row that the log does not know. */
    public static Difference added(String table, String key, @Nullable String userId) {
        return new Difference(table, key, userId, null, "a row", null, null);
    }

    /** A row that ought to be there. */
    public static Difference lost(String table, String key, @Nullable String userId) {
        return new Difference(table, key, userId, null, null, "a row", null);
    }

    /** The same, which another version of the fold may have written. */
    public Difference by(@Nullable String other) {
        return new Difference(table, key, userId, column, live, rebuilt, other);
    }

    /** In one line, for people, whatever the values hold. */
    public String sentence() {
        return OneLine.of(version == null ? difference() : difference() + "; it " + version);
    }

    private String difference() {
        if (column == null) {
            return "%s (%s) %s".formatted(table, key, live == null ? "is missing" : "is not in the log");
        }
        return "%s (%s) %s is %s; by the log it is %s".formatted(table, key, column, said(live), said(rebuilt));
    }

    private static String said(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        return value.length() <= MOST_SHOWN ? "'" + value + "'" : "'" + value.substring(0, MOST_SHOWN) + "...'";
    }
}
