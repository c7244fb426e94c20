package dev.lifeline.poller.domain.classification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.events.FailureClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rules in the order in which they are asked; the first that matches judges. Read from a Markdown table with the columns
 * {@code rule, provider, field, matches, class, code, why}, so that a person can read and a tool can change them.
 *
 * <p>The last row must match everything. The version is a hash of the rows.
 */
public final class RuleTable {
    private static final String TOKEN_ENDPOINT_FILE = "token-endpoint.md";

    /** The rules for answers of token endpoints. */
    public static final RuleTable TOKEN_ENDPOINT = ofTokenEndpoint(tokenEndpointFile());

    /** The rules for answers of mail and calendar APIs. */
    public static final RuleTable API = parse(resource("api.md"));

    private static final String NAMELESS = "http_";

    /** "Error validating credentials": what is wrong with them stands behind it. */
    private static final Set<String> ANNOUNCING = Set.of("70002");

    /** Said of a grant that lives, whose connector lacks a permission: so no code of a refused refresh. */
    private static final String OF_APIS = "insufficient_scope";

    /** Where a rule has a word of the provider's own making. */
    private static final Set<Rule.Field> WORDS =
            EnumSet.of(Rule.Field.ERROR, Rule.Field.ERROR_401, Rule.Field.SUBTYPE, Rule.Field.REASON);

    private final List<Rule> rules;
    private final String version;

    private RuleTable(List<Rule> rules, String version) {
        this.rules = List.copyOf(rules);
        this.version = version;
    }

    /**
     * The table in a text; whatever is not a row of a table is skipped.
     *
     * @throws IllegalArgumentException naming the line, the column and the remedy
     */
    public static RuleTable parse(String markdown) {
        return of(markdown, EnumSet.allOf(Rule.Field.class));
    }

    /**
     * A table for answers of token endpoints. They have no reasons, so a rule that looks for one is refused.
     *
     * @throws IllegalArgumentException naming the line, the column and the remedy
     */
    public static RuleTable ofTokenEndpoint(String markdown) {
        return of(markdown, EnumSet.complementOf(EnumSet.of(Rule.Field.REASON)));
    }

    /** The rules for answers of token endpoints as they stand in their file. */
    public static String tokenEndpointFile() {
        return resource(TOKEN_ENDPOINT_FILE);
    }

    private static RuleTable of(String markdown, Set<Rule.Field> fields) {
        List<RuleRow> rows = RuleRow.all(markdown);
        List<Rule> rules = rows.stream().map(row -> row.rule(fields)).toList();
        return new RuleTable(rules, hash(rows.stream().map(RuleRow::text).collect(Collectors.joining("\n"))));
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
                rule.why(),
                version,
                evidence.status(),
                evidence.error(),
                evidence.subtype(),
                evidence.description(),
                evidence.kind(),
                evidence.aadsts());
    }

    /** A Microsoft answer's number, else the subtype, else the error; by status where that says more than the words. */
    private String code(Evidence evidence, @Nullable String aadsts) {
        if (aadsts != null) {
            return "AADSTS" + aadsts;
        }
        if (evidence.passesByStatus()) {
            return passing(evidence) ? Objects.requireNonNull(evidence.error()) : NAMELESS;
        }
        if (evidence.subtype() != null && !evidence.subtype().equals(OF_APIS)) {
            return evidence.subtype();
        }
        return evidence.error() != null ? evidence.error() : NAMELESS;
    }

    private boolean passing(Evidence evidence) {
        return evidence.error() != null
                && about(evidence.error(), evidence.kind())
                        .findFirst()
                        .filter(rule -> rule.failureClass() == FailureClass.TRANSIENT)
                        .isPresent();
    }

    /** Whether a rule is about that error, by its name, in answers of that kind. */
    boolean names(String error, ProviderKind kind) {
        return about(error, kind).findFirst().isPresent();
    }

    /** Whether a rule is about that word, as an error, a subtype or a reason, in answers of that kind. */
    boolean knows(String word, ProviderKind kind) {
        return rules.stream()
                .filter(rule -> WORDS.contains(rule.field()))
                .filter(rule -> rule.kind() == null || rule.kind() == kind)
                .anyMatch(rule -> rule.matches().contains(word));
    }

    private Stream<Rule> about(String error, ProviderKind kind) {
        return rules.stream()
                .filter(rule ->
                        rule.field() == Rule.Field.ERROR && !rule.matches().contains("*"))
                .filter(rule -> rule.kind() == null || rule.kind() == kind)
                .filter(rule -> rule.has(error));
    }

    /** The first number that a rule knows, else the first; one that only announces another where there is no other. */
    private @Nullable String aadsts(Evidence evidence) {
        List<String> known = evidence.aadsts().stream()
                .filter(number ->
                        rules.stream().anyMatch(rule -> rule.field() == Rule.Field.AADSTS && rule.has(number)))
                .toList();
        return Stream.of(
                        known.stream().filter(number -> !ANNOUNCING.contains(number)),
                        known.stream(),
                        evidence.aadsts().stream())
                .flatMap(numbers -> numbers)
                .findFirst()
                .orElse(null);
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

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(RuleTable.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can not read the rules in " + name, e);
        }
    }
}
