package dev.lifeline.poller.domain.classification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.events.FailureClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules in the order in which they are asked; the first that matches judges. Read from a Markdown table with the columns
 * {@code rule, provider, field, matches, class, code, why}, so that a person can read and a tool can change them.
 *
 * <p>The last row must match everything. The version is a hash of the rows.
 */
public final class RuleTable {
    private static final Pattern STATUSES = Pattern.compile("\\*|\\d{1,3}(-\\d{1,3})?");

    /** The rules for answers of token endpoints. */
    public static final RuleTable TOKEN_ENDPOINT = resource("token-endpoint.md");

    /** The rules for answers of mail and calendar APIs. */
    public static final RuleTable API = resource("api.md");

    private static final String NAMELESS = "http_";

    private final List<Rule> rules;
    private final String version;

    private RuleTable(List<Rule> rules, String version) {
        this.rules = List.copyOf(rules);
        this.version = version;
    }

    /**
     * The table in a text; whatever is not a row of a table is skipped.
     *
     * @throws IllegalArgumentException naming the row that is not understood
     */
    public static RuleTable parse(String markdown) {
        List<String> rows = markdown.lines()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| rule ") && !line.startsWith("| --"))
                .toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no table of rules: rows start with '| '");
        }
        List<Rule> rules = rows.stream().map(RuleTable::rule).toList();
        Rule last = rules.getLast();
        if (last.kind() != null
                || last.field() != Rule.Field.STATUS
                || !last.matches().contains("*")) {
            throw new IllegalArgumentException("the last rule, " + last.name() + ", does not match every status");
        }
        return new RuleTable(rules, hash(String.join("\n", rows)));
    }

    /** The version of these rules, which every verdict carries. */
    public String version() {
        return version;
    }

    /** What the evidence means by these rules. */
    public Verdict judge(Evidence evidence, @Nullable Duration retryAfter) {
        String aadsts = aadsts(evidence);
        Rule rule = rules.stream()
                .filter(candidate -> candidate.judges(evidence, aadsts))
                .findFirst()
                .orElseThrow();
        String code = rule.code() != null ? rule.code() : code(evidence, aadsts);
        return new Verdict(
                rule.failureClass(),
                code.equals(NAMELESS) ? NAMELESS + evidence.status() : code,
                rule.failureClass().permanent() ? null : retryAfter,
                rule.name(),
                version,
                evidence.status(),
                evidence.error(),
                evidence.subtype(),
                evidence.description());
    }

    /** A Microsoft answer's number, else the subtype, else the error; by status where that says more than the words. */
    private String code(Evidence evidence, @Nullable String aadsts) {
        if (aadsts != null) {
            return "AADSTS" + aadsts;
        }
        if (evidence.passesByStatus()) {
            return passing(evidence) ? Objects.requireNonNull(evidence.error()) : NAMELESS;
        }
        if (evidence.subtype() != null) {
            return evidence.subtype();
        }
        return evidence.error() != null ? evidence.error() : NAMELESS;
    }

    private boolean passing(Evidence evidence) {
        return evidence.error() != null
                && rules.stream()
                        .filter(rule -> rule.field() == Rule.Field.ERROR
                                && !rule.matches().contains("*"))
                        .filter(rule -> rule.kind() == null || rule.kind() == evidence.kind())
                        .filter(rule -> rule.has(evidence.error()))
                        .findFirst()
                        .filter(rule -> rule.failureClass() == FailureClass.TRANSIENT)
                        .isPresent();
    }

    /** The first number that a rule knows, else the first. */
    private @Nullable String aadsts(Evidence evidence) {
        return evidence.aadsts().stream()
                .filter(number ->
                        rules.stream().anyMatch(rule -> rule.field() == Rule.Field.AADSTS && rule.has(number)))
                .findFirst()
                .orElseGet(() ->
                        evidence.aadsts().isEmpty() ? null : evidence.aadsts().getFirst());
    }

    private static Rule rule(String row) {
        String[] cells = row.substring(1).split("\\|", -1);
        if (cells.length < 7) {
            throw new IllegalArgumentException("not a rule of 7 columns: " + row);
        }
        try {
            Rule.Field field = Rule.Field.valueOf(cells[2].strip().toUpperCase(Locale.ROOT));
            String separator = field == Rule.Field.SAYS ? ";" : "\\s+";
            Set<String> matches = Arrays.stream(cells[3].strip().split(separator))
                    .map(Rule::lower)
                    .collect(Collectors.toUnmodifiableSet());
            if (field == Rule.Field.STATUS && !matches.stream().allMatch(STATUSES.asMatchPredicate())) {
                throw new IllegalArgumentException("a status is 400, 500-599 or *");
            }
            String provider = cells[1].strip();
            String code = cells[5].strip();
            return new Rule(
                    cells[0].strip(),
                    provider.equals("any") ? null : ProviderKind.valueOf(provider.toUpperCase(Locale.ROOT)),
                    field,
                    matches,
                    FailureClass.valueOf(cells[4].strip()),
                    code.isEmpty() ? null : code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not understood: " + row.strip() + ": " + e.getMessage(), e);
        }
    }

    private static String hash(String rows) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(rows.replaceAll("[ \\t]+", " ").getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static RuleTable resource(String name) {
        try (InputStream in = Objects.requireNonNull(RuleTable.class.getResourceAsStream(name), name)) {
            return parse(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("can not read the rules in " + name, e);
        }
    }
}
