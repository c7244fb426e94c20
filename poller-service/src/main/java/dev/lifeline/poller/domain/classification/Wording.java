package dev.lifeline.poller.domain.classification;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a stranger's words may be kept. A code is kept when it is made of words. Of a description every run of characters
 * that is not made of words, whatever a name like {@code refresh_token=} announces, and every value that the answer itself
 * carries as a credential becomes {@code ***}.
 *
 * <p>A credential is told by not being language: so this errs on the side of masking. But what says that trouble passes is
 * kept wherever it stands, for a grant must not be called dead because of what was masked.
 */
final class Wording {
    static final int LONGEST_CODE = 64;
    static final int LONGEST_DESCRIPTION = 300;

    private static final String MASK = "***";
    private static final int LONGEST_READ = 2_000;
    private static final int SHORTEST_SECRET = 8;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");
    /** The phrases of the rule passing-description. */
    private static final String PASSING =
            "\\b(?:server_error|temporarily[_ ]unavailable|internal[_ ]failure|rate[_ ]limit[_ ]exceeded)\\b";

    private static final Pattern SAYS_IT_PASSES = Pattern.compile("(?i)" + PASSING);
    private static final Pattern ANNOUNCED = Pattern.compile("(?i)\\b([a-z_-]*(?:token|secret|password|passwd|assertion"
            + "|signature|verifier|cookie|api_?key)|code|state|nonce|authorization)"
            + "(\"?'?\\s*(?:[=:]|%3D)\\s*\"?'?)(?!" + PASSING + ")[^\\s\"'&,;<>]+");
    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(bearer|basic|dpop)\\s+[^\\s\"'<>,;]+");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s\"'<>()@]{1,200}@[^\\s\"'<>()@]{1,200}");
    private static final Pattern QUERY = Pattern.compile("(?i)(https?://[^\\s\"'<>?#]*)[?#][^\\s\"'<>]*");
    private static final Pattern RUN = Pattern.compile("[!#-&*+\\--:=?@-Z\\\\^-z|~]+");
    private static final Pattern BREAK = Pattern.compile("[_./:=?!*&\\\\-]+");
    private static final Pattern CAMEL_BREAK = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final Pattern WORD = Pattern.compile("[a-z]{1,20}\\d?|[A-Z][a-z]{1,20}\\d?|[A-Z]{1,20}\\d?");
    private static final Pattern CAMEL_WORD = Pattern.compile("[A-Z]?[a-z]{2,20}");
    private static final Pattern UNSPEAKABLE = Pattern.compile("(?i)[bcdfghjklmnpqrstvwxz]{5,}");
    private static final Pattern FEW_DIGITS = Pattern.compile("\\d{1,6}");
    private static final Pattern AADSTS = Pattern.compile("(?i)AADSTS\\d{4,10}[:.]?");
    private static final Pattern KNOWN_CREDENTIAL =
            Pattern.compile("(?<![A-Za-z0-9])(xox[a-z]-|xoxe\\.|xapp-|ya29\\.|1//"
                    + "|gh[a-z]_|github_pat_|eyJ|GOCSPX|AIza|sk-|-----BEGIN)");
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0," + (LONGEST_CODE - 1) + "}");
    private static final int MOST_DIGITS_OF_A_CODE = 4;
    private static final int MOST_DIGITS_OF_A_RUN = 8;

    private Wording() {}

    /**
     * A code in lower case; null when it is none, does not read like one, or has one of the answer's credentials in it.
     *
     * @param known whether rules are about a code, in lower case: no credential is spelt like one of those
     */
    static @Nullable String code(@Nullable String said, Set<String> credentials, Predicate<String> known) {
        if (said == null) {
            return null;
        }
        String code = said.strip();
        String lower = code.toLowerCase(Locale.ROOT);
        boolean kept = CODE.matcher(code).matches()
                && (known.test(lower)
                        || !KNOWN_CREDENTIAL.matcher(code).find()
                                && credentials.stream().noneMatch(code::contains)
                                && readsLikeWords(code, MOST_DIGITS_OF_A_CODE));
        return kept ? lower : null;
    }

    /** A description of at most 300 characters in one line, with whatever may be a credential masked; null for none. */
    static @Nullable String description(@Nullable String said, Set<String> credentials) {
        if (said == null) {
            return null;
        }
        String text = cut(said, 10 * LONGEST_READ);
        for (String credential : credentials) {
            text = SAYS_IT_PASSES.matcher(credential).matches() ? text : text.replace(credential, MASK);
        }
        text = INVISIBLE
                .matcher(cut(text, LONGEST_READ))
                .replaceAll(found -> Character.isWhitespace(found.group().codePointAt(0)) ? " " : "");
        text = QUERY.matcher(text).replaceAll("$1");
        text = SCHEME.matcher(text).replaceAll("$1 " + Matcher.quoteReplacement(MASK));
        text = ANNOUNCED.matcher(text).replaceAll("$1$2" + Matcher.quoteReplacement(MASK));
        text = ADDRESS.matcher(text).replaceAll(Matcher.quoteReplacement(MASK));
        text = RUN.matcher(text)
                .replaceAll(run -> harmless(run.group()) ? Matcher.quoteReplacement(run.group()) : MASK);
        text = window(text.strip().replaceAll("\\s+", " "));
        return text.isEmpty() ? null : text;
    }

    /** Its beginning; what stands before the first words that say that it passes, where the beginning has none. */
    private static String window(String text) {
        Matcher passing = SAYS_IT_PASSES.matcher(text);
        if (text.length() <= LONGEST_DESCRIPTION || !passing.find() || passing.end() <= LONGEST_DESCRIPTION) {
            return cut(text, LONGEST_DESCRIPTION);
        }
        int from = passing.end() - LONGEST_DESCRIPTION + 1;
        boolean half = Character.isLowSurrogate(text.charAt(from));
        return "…" + text.substring(half ? from + 1 : from, passing.end());
    }

    private static boolean harmless(String run) {
        if (KNOWN_CREDENTIAL.matcher(run).find()) {
            return false;
        }
        return run.length() < SHORTEST_SECRET
                || AADSTS.matcher(run).matches()
                || readsLikeWords(run, MOST_DIGITS_OF_A_RUN);
    }

    private static boolean readsLikeWords(String run, int mostDigits) {
        int digits = 0;
        for (String part : BREAK.split(run)) {
            if (FEW_DIGITS.matcher(part).matches()) {
                digits += part.length();
            } else if (!part.isEmpty() && !speakable(part)) {
                return false;
            }
        }
        return digits <= mostDigits;
    }

    private static boolean speakable(String part) {
        if (part.equals("https")) {
            return true;
        }
        if (UNSPEAKABLE.matcher(part).find()) {
            return false;
        }
        List<String> words = CAMEL_BREAK.splitAsStream(part).toList();
        return words.size() == 1
                ? WORD.matcher(part).matches()
                : words.stream().allMatch(word -> CAMEL_WORD.matcher(word).matches());
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
