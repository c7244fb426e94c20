package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import dev.lifeline.events.Effect;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.Verdict.Finding;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for actions of the shape that somebody would give them who talked the assistant into doing harm: in the action's
 * type, and in the texts of its parameters, however deep.
 */
final class InjectionGuard {

    private static final String CHECK = "injection_guard";

    private static final Pattern WILDCARD = Pattern.compile("(^|[\\s/@.,:=\\\\])\\*+($|[\\s/@.,:\\\\])");

    /** So far behind its name nothing is sought that a command is given. */
    private static final int FAR = 512;

    private static final Set<String> EXTREME_WORDS =
            Set.of("shell", "exec", "bash", "sudo", "rm", "drop", "truncate", "format", "mkfs");
    /** How words begin that end an account. */
    private static final List<String> ENDING =
            List.of("delet", "remov", "clos", "eras", "destroy", "terminat", "deactivat");

    private static final Set<String> RECURSIVE = Set.of("recursive", "recursively");

    /** How destructive words begin, whatever is written on to them: {@code deleteall}, {@code removes}. */
    private static final List<String> DESTRUCTIVE = List.of(
            "delet",
            "remov",
            "purg",
            "eras",
            "wipe",
            "wiping",
            "destroy",
            "revok",
            "revoc",
            "bulk",
            "batch",
            "wildcard");

    private static final Set<String> DESTRUCTIVE_WORDS = Set.of("clear", "clears", "empty", "empties", "mass", "all");

    private InjectionGuard() {}

    /** Both shapes in one check, for they are looked for in the same words and texts. */
    static List<Finding> shape(Action action, Context context) {
        List<String> words = words(action.actionType());
        String texts = texts(action.parameters());
        List<Finding> found = new ArrayList<>(2);
        String extreme = place(isExtreme(words), isExtreme(texts));
        if (extreme != null) {
            found.add(new Finding(CHECK, Effect.REQUIRE_DUAL_APPROVAL, "extreme_action", extreme));
        }
        String destructive = place(isDestructive(words) || isWildcard(action.actionType()), isWildcard(texts));
        if (destructive != null) {
            found.addAll(Check.approval(CHECK, "destructive_action", destructive));
        }
        return found;
    }

    private static @Nullable String place(boolean inType, boolean inParameters) {
        return inType ? "actionType" : inParameters ? "parameters" : null;
    }

    private static boolean isExtreme(List<String> words) {
        return any(words, EXTREME_WORDS) || begins(words, ENDING) && (nameAccounts(words) || any(words, RECURSIVE));
    }

    private static boolean isExtreme(String texts) {
        // From the beginning once more, for members have no order: what a command is given may stand before its name.
        String begin = texts.substring(0, Math.min(texts.length(), FAR));
        return ExtremeText.isIn(texts + begin);
    }

    private static boolean isDestructive(List<String> words) {
        return any(words, DESTRUCTIVE_WORDS) || begins(words, DESTRUCTIVE);
    }

    static List<Finding> untrustedIrreversible(Action action, Context context) {
        boolean untrusted = action.provenance() == null || action.provenance() == Provenance.UNTRUSTED_EXTERNAL;
        return untrusted && !action.reversible()
                ? Check.approval(CHECK, "untrusted_irreversible", null)
                : Check.nothing();
    }

    private static boolean isWildcard(String text) {
        return text.indexOf('*') >= 0 && WILDCARD.matcher(text).find();
    }

    /** The words that a type is made of: {@code deleteMyEvent}, {@code DELETEMyEvent} and {@code delete.my_event} have the same. */
    private static List<String> words(String actionType) {
        String type =
                ExtremeText.isAscii(actionType) ? actionType : Normalizer.normalize(actionType, Normalizer.Form.NFKC);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char before = ' ';
        for (int i = 0; i < type.length(); i++) {
            char letter = type.charAt(i);
            boolean capital = letter >= 'A' && letter <= 'Z';
            boolean small = isSmall(letter) || letter >= '0' && letter <= '9';
            boolean afterSmall = isSmall(before) || before >= '0' && before <= '9';
            boolean lastOfCapitals = i + 1 < type.length() && isSmall(type.charAt(i + 1));
            boolean hump = capital && (afterSmall || lastOfCapitals);
            if (hump || !capital && !small) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (capital || small) {
                word.append(Character.toLowerCase(letter));
            }
            before = letter;
        }
        words.add(word.toString());
        return words;
    }

    private static boolean isSmall(char letter) {
        return letter >= 'a' && letter <= 'z';
    }

    private static boolean begins(List<String> words, List<String> beginnings) {
        for (String word : words) {
            for (String beginning : beginnings) {
                if (word.startsWith(beginning)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Also written on to another word, as in {@code deleteaccount}. */
    private static boolean nameAccounts(List<String> words) {
        for (String word : words) {
            if (word.endsWith("account") || word.endsWith("accounts")) {
                return true;
            }
        }
        return false;
    }

    private static boolean any(List<String> words, Set<String> of) {
        for (String word : words) {
            if (of.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /**
     * All texts in there, keys too, one behind the other as they stand: a command may be cut into the entries of a list.
     * Without recursion, so that no depth can be too much.
     */
    private static String texts(Map<String, ?> parameters) {
        StringBuilder texts = new StringBuilder();
        Deque<Object> open = new ArrayDeque<>();
        open.push(parameters);
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (next instanceof String text) {
                texts.append(text).append(' ');
            } else if (next instanceof Map<?, ?> map) {
                List<@Nullable Object> entries = new ArrayList<>(2 * map.size());
                map.forEach((key, value) -> {
                    entries.add(key);
                    entries.add(value);
                });
                pushAll(open, entries);
            } else if (next instanceof List<?> list) {
                pushAll(open, list);
            }
        }
        return texts.toString();
    }

    /** The last first, so that the first is taken first. */
    private static void pushAll(Deque<Object> open, List<? extends @Nullable Object> entries) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Object entry = entries.get(i);
            if (entry != null) {
                open.push(entry);
            }
        }
    }
}
