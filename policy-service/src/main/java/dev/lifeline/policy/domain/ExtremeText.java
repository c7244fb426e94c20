package dev.lifeline.policy.domain;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds in a text what would end a machine, a database or an account, were somebody to obey it.
 *
 * <p>What is sought begins with one of a few words or signs, so it is sought only where one of them stands: a text of 64 KiB,
 * of which most are words of no interest, is read once. No quantifier gives back what it took, so that no text takes longer
 * than its length.
 */
final class ExtremeText {

    /** What is sought, from its first letter or sign on. */
    static final Pattern EXTREME = Pattern.compile("""
            \\brm\\s++([^\\s|;&]++\\s++){0,8}?(-\\w*[rf]|--(recursive|force|no-preserve-root)\\b)|\\br(m)?d(ir)?\\s++/[sq]|\\bfind\\s[^|;&]{0,200}?\\s-delete\\b|\\bdel\\s++/[sfq]\
            |\\bmkfs|\\bdd\\s++if=|\\bformat\\s++[a-z]:|>\\s*+/dev/sd|:\\(\\)\\s*+\\{\
            |\\bsudo\\b|\\b(ba|z|k|da)?sh\\s++-c\\b|/bin/(ba|z|k|da)?sh\\b|[|;&]\\s*+(ba|z|k|da)?sh\\b\
            |\\bpowershell\\b|\\bcmd(\\.exe)?\\s++/c\\b|\\$\\([^)]|`[^`]++`|\\bos\\.system\\b|\\bsubprocess\\.|\\beval\\s*+\\(\
            |\\bdrop\\s++(table|database|schema|user|role|index|view)\\b|\\btruncate\\s++table\\b\
            |\\b(delete|close|erase|deactivate|terminate|destroy)[\\s_.-]++([a-z0-9]++[\\s_.-]++){0,2}?accounts?\\b\
            |\\baccounts?[\\s_.-]++(delete|deletion|close|closure|erase|termination)\\b""");

    private static final List<String> FIRST_WORDS = List.of(
            "rm",
            "rmdir",
            "rd",
            "find",
            "remove",
            "del",
            "dd",
            "format",
            "sudo",
            "sh",
            "bash",
            "zsh",
            "ksh",
            "dash",
            "powershell",
            "cmd",
            "os",
            "subprocess",
            "eval",
            "drop",
            "truncate",
            "delete",
            "close",
            "erase",
            "deactivate",
            "terminate",
            "destroy",
            "account",
            "accounts");

    /** The only one after which the word may go on. */
    private static final String MKFS = "mkfs";

    private static final String[][] BY_INITIAL = byInitial();
    private static final String FIRST_SIGNS = ">:/|;&$`";
    /** How the names of shells begin. */
    private static final String SHELLS = "bdksz";

    private static final String REMOVE = "remove-item";

    private ExtremeText() {}

    static boolean isIn(String text) {
        boolean ascii = isAscii(text);
        String read = ascii ? text : plain(text);
        int at = next(read, 0);
        if (at < 0) {
            return false;
        }
        String plain = ascii ? plain(text) : read;
        Matcher matcher = EXTREME.matcher(plain).useTransparentBounds(true);
        while (at >= 0) {
            if (matcher.region(at, plain.length()).lookingAt() || removesRecursively(plain, at)) {
                return true;
            }
            at = next(plain, at + 1);
        }
        return false;
    }

    /** The next place, that one or one behind it, at which what is sought may begin; -1 when there is none. */
    private static int next(String text, int from) {
        int at = from > 0 && isWord(text.charAt(from - 1)) ? endOfWord(text, from) : from;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (isWord(letter)) {
                int end = endOfWord(text, at);
                if (isFirstWord(text, at, end)) {
                    return at;
                }
                at = end;
            } else if (letter != ' ' && FIRST_SIGNS.indexOf(letter) >= 0 && mayGoOn(text, at)) {
                return at;
            } else {
                at++;
            }
        }
        return -1;
    }

    private static boolean isFirstWord(String text, int start, int end) {
        int initial = lower(text.charAt(start)) - 'a';
        if (initial < 0 || initial >= BY_INITIAL.length) {
            return false;
        }
        for (String word : BY_INITIAL[initial]) {
            int behind = start + word.length();
            if (behind <= end
                    && text.regionMatches(true, start, word, 0, word.length())
                    && (behind == end || !isLetter(text.charAt(behind)) || word.equals(MKFS))) {
                return true;
            }
        }
        return false;
    }

    private static boolean removesRecursively(String plain, int start) {
        int end = start + REMOVE.length();
        return plain.startsWith(REMOVE, start)
                && (end == plain.length() || !isWord(plain.charAt(end)))
                && plain.lastIndexOf("-recurse") >= end;
    }

    /** Whether what stands behind a sign may be what is sought: an address in angle brackets, for one, is not. */
    private static boolean mayGoOn(String text, int sign) {
        int at = sign + 1;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return false;
        }
        char next = text.charAt(at);
        return switch (text.charAt(sign)) {
            case '>' -> next == '/';
            case ':', '$' -> next == '(';
            case '/' -> lower(next) == 'b';
            case '|', ';', '&' -> SHELLS.indexOf(lower(next)) >= 0;
            default -> true;
        };
    }

    /** What {@link #plain} makes a space of: DEL, too. */
    private static boolean isBlank(char letter) {
        return letter <= ' ' || letter == 0x7f;
    }

    private static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static char lower(char letter) {
        return (char) (letter | 0x20);
    }

    private static boolean isLetter(char letter) {
        return lower(letter) >= 'a' && lower(letter) <= 'z';
    }

    private static boolean isWord(char letter) {
        return isLetter(letter) || letter >= '0' && letter <= '9' || letter == '_';
    }

    private static String[][] byInitial() {
        String[][] words = new String[26][];
        for (int initial = 0; initial < words.length; initial++) {
            char letter = (char) ('a' + initial);
            words[initial] = Stream.concat(FIRST_WORDS.stream(), Stream.of(MKFS))
                    .filter(word -> word.charAt(0) == letter)
                    .toArray(String[]::new);
        }
        return words;
    }

    /** As it would look to who reads it: one form for each letter, one space, no case, nothing that does not show. */
    static String plain(String text) {
        String folded =
                (isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC)).toLowerCase(Locale.ROOT);
        StringBuilder plain = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            char letter = folded.charAt(i);
            if (letter < 0x7f) {
                plain.append(letter < ' ' ? ' ' : letter);
            } else if (Character.getType(letter) != Character.FORMAT) {
                plain.append(Character.isISOControl(letter) ? ' ' : letter);
            }
        }
        return plain.toString();
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
