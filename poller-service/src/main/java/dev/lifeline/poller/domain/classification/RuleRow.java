package dev.lifeline.poller.domain.classification;

import dev.lifeline.events.FailureClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of a Markdown table of rules, as it was written. What can not be meant so is refused with an {@link
 * IllegalArgumentException} that names the line, the column and the remedy.
 *
 * @param line where it stands in its file, from 1
 * @param text the line itself
 */
record RuleRow(int line, String text) {
    private static final int COLUMNS = 7;
    private static final Pattern RULED = Pattern.compile("[|\\s:-]+");
    private static final Pattern HEADER = Pattern.compile("\\|\\s*rule\\s*\\|\\s*provider\\s*\\|.*");
    private static final Pattern STATUSES = Pattern.compile("(\\d{1,3})(?:-(\\d{1,3}))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{4,10}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final String ANY = "*";

    /** The rows of the rules in a text, in their order; the last one matches everything. */
    static List<RuleRow> all(String markdown) {
        List<String> lines = markdown.lines().map(String::strip).toList();
        List<RuleRow> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i);
            if (text.startsWith("|")
                    && !RULED.matcher(text).matches()
                    && !HEADER.matcher(text).matches()) {
                rows.add(new RuleRow(i + 1, text));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("there is no rule; write a line for each, such as"
                    + " | dead-grant | any | error | invalid_grant | REAUTH | | why |");
        }
        rows.getLast().demandEverything();
        return rows;
    }

    /**
     * The rule of this row.
     *
     * @param fields what the rules of this table can look at
     */
    Rule rule(Set<Rule.Field> fields) {
        List<String> cells = cells();
        if (cells.get(0).isEmpty()) {
            throw refused("rule is empty; give it a name");
        }
        Rule.Field field = constant("field", cells.get(2), fields);
        return new Rule(
                cells.get(0),
                cells.get(1).equals("any") ? null : provider(cells.get(1)),
                field,
                matches(field, cells.get(3)),
                constant("class", cells.get(4), Arrays.asList(FailureClass.values())),
                code(cells.get(5)),
                cells.get(6).isEmpty() ? null : cells.get(6));
    }

    private List<String> cells() {
        List<String> cells = Arrays.stream(text.substring(1).split("\\|", -1))
                .map(String::strip)
                .toList();
        boolean closed = cells.getLast().isEmpty();
        if (cells.size() < COLUMNS || cells.size() > COLUMNS + 1 || (cells.size() == COLUMNS + 1 && !closed)) {
            throw refused("it has " + (closed ? cells.size() - 1 : cells.size())
                    + " columns; write seven: rule, provider, field, matches, class, code, why");
        }
        return cells;
    }

    private void demandEverything() {
        List<String> cells = cells();
        if (!cells.get(1).equals("any")
                || !cells.get(2).equalsIgnoreCase("status")
                || !cells.get(3).equals(ANY)) {
            throw refused("it is the last rule and does not match everything;"
                    + " end with one whose provider is any, field status, matches *");
        }
    }

    private ProviderKind provider(String name) {
        return ProviderKind.ofWireName(name)
                .orElseThrow(() -> unknown(
                        "provider",
                        name,
                        Stream.concat(
                                Stream.of("any"),
                                Arrays.stream(ProviderKind.values()).map(ProviderKind::wireName))));
    }

    /** What a constant is called in a table: classes in capitals, all else in small letters. */
    private <E extends Enum<E>> E constant(String column, String name, Collection<E> constants) {
        for (E constant : constants) {
            if (constant.name().equalsIgnoreCase(name)) {
                return constant;
            }
        }
        boolean capitals = column.equals("class");
        throw unknown(
                column,
                name,
                constants.stream()
                        .map(constant ->
                                capitals ? constant.name() : constant.name().toLowerCase(Locale.ROOT)));
    }

    private Set<String> matches(Rule.Field field, String cell) {
        String separator = field == Rule.Field.SAYS ? ";" : "\\s+";
        Set<String> matches =
                Arrays.stream(cell.split(separator)).map(Rule::lower).collect(Collectors.toUnmodifiableSet());
        for (String each : matches) {
            demand(field, each);
        }
        return matches;
    }

    private void demand(Rule.Field field, String match) {
        if (match.isEmpty()) {
            throw refused("matches is empty, or a part of it is; give what is to be matched");
        }
        if (field == Rule.Field.STATUS && !match.equals(ANY) && !range(match)) {
            throw refused("matches '" + shown(match) + "' is no status; write one as 400, 500-599 or *");
        }
        if (field == Rule.Field.AADSTS
                && !match.equals(ANY)
                && !NUMBER.matcher(match).matches()) {
            throw refused("matches '" + shown(match) + "' is no number of Microsoft's; write 50173 for AADSTS50173");
        }
    }

    private static boolean range(String match) {
        Matcher range = STATUSES.matcher(match);
        return range.matches()
                && (range.group(2) == null || Integer.parseInt(range.group(1)) <= Integer.parseInt(range.group(2)));
    }

    private @Nullable String code(String cell) {
        if (cell.isEmpty()) {
            return null;
        }
        if (!CODE.matcher(cell).matches()) {
            throw refused("code '" + shown(cell) + "' is none; write up to 64 of A-Z a-z 0-9 _ . - that begin with a"
                    + " letter, or leave it empty for the answer's own");
        }
        return cell;
    }

    private IllegalArgumentException unknown(String column, String value, Stream<String> known) {
        return refused(column + " '" + shown(value) + "' is not known; it may be one of "
                + known.collect(Collectors.joining(", ")));
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("line " + line + ": " + why);
    }

    private static String shown(String value) {
        return value.length() > 40 ? value.substring(0, 40) + "..." : value;
    }
}
