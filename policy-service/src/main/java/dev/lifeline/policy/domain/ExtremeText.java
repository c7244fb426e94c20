package dev.lifeline.policy.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
            \\brm\\s++(-\\w++\\s++)*-\\w*[rf]|\\brmdir\\s++/s|\\bdel\\s++/[sfq]\
            |\\bmkfs|\\bdd\\s++if=|\\bformat\\s++[a-z]:|>\\s*+/dev/sd|:\\(\\)\\s*+\\{\
            |\\bsudo\\b|\\b(ba|z|k|da)?sh\\s++-c\\b|/bin/(ba|z|k|da)?sh\\b|[|;&]\\s*+(ba|z|k|da)?sh\\b\
            |\\bpowershell\\b|\\bcmd(\\.exe)?\\s++/c\\b|\\$\\([^)]|`[^`]++`|\\bos\\.system\\b|\\bsubprocess\\.|\\beval\\s*+\\(\
            |\\bdrop\\s++(table|database|schema|user|role|index|view)\\b|\\btruncate\\s++table\\b\
            |\\b(delete|close|erase|deactivate|terminate|destroy)[\\s_.-]++(my|the|your|this|user|an|all)?+[\\s_.-]*+accounts?\\b\
            |\\baccounts?[\\s_.-]++(delete|deletion|close|closure|erase|termination)\\b""");

    private static final Set<String> FIRST_WORDS = Set.of(
            "rm",
            "rmdir",
            "del",
            "mkfs",
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

    private static final String FIRST_SIGNS = ">:/|;&$`";
    private static final String REMOVE = "remove-item";
    private static final int LONGEST_FIRST_WORD = 10;

    private ExtremeText() {}

    static boolean isIn(String text) {
        String plain = plain(text);
        Matcher matcher = EXTREME.matcher(plain).useTransparentBounds(true);
        int length = plain.length();
        for (int at = 0; at < length; at++) {
            char letter = plain.charAt(at);
            if (isWord(letter)) {
                int end = endOfLetters(plain, at);
                if (isFirstWord(plain, at, end) && matchesAt(matcher, at, length) || removesRecursively(plain, at)) {
                    return true;
                }
                at = endOfWord(plain, end) - 1;
            } else if (FIRST_SIGNS.indexOf(letter) >= 0 && matchesAt(matcher, at, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAt(Matcher matcher, int at, int length) {
        return matcher.region(at, length).lookingAt();
    }

    private static boolean isFirstWord(String plain, int start, int end) {
        int length = end - start;
        return length > 1
                && (length <= LONGEST_FIRST_WORD && FIRST_WORDS.contains(plain.substring(start, end))
                        || plain.startsWith("mkfs", start));
    }

    private static boolean removesRecursively(String plain, int start) {
        int end = start + REMOVE.length();
        return plain.startsWith(REMOVE, start)
                && (end == plain.length() || !isWord(plain.charAt(end)))
                && plain.lastIndexOf("-recurse") >= end;
    }

    private static int endOfLetters(String plain, int start) {
        int end = start;
        while (end < plain.length() && isLetter(plain.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int endOfWord(String plain, int start) {
        int end = start;
        while (end < plain.length() && isWord(plain.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char letter) {
        return letter >= 'a' && letter <= 'z';
    }

    private static boolean isWord(char letter) {
        return isLetter(letter) || letter >= '0' && letter <= '9' || letter == '_';
    }

    /** As it would look to who reads it: one form for each letter, one space, no case, nothing that does not show. */
    static String plain(String text) {
        String folded =
                (isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC)).toLowerCase(Locale.ROOT);
        StringBuilder plain = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            char letter = folded.charAt(i);
            if (letter < 0x7f || Character.getType(letter) != Character.FORMAT) {
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
