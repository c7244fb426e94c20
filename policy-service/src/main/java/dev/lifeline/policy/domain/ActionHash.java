package dev.lifeline.policy.domain;

import dev.lifeline.events.Action;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What tells one action from another: all that it says, whatever the order in which it says it. */
public final class ActionHash {

    private ActionHash() {}

    /** SHA-256, in hexadecimal. */
    public static String of(Action action) {
        StringBuilder text = new StringBuilder();
        write(action.actionId(), text);
        write(action.actionType(), text);
        write(action.description(), text);
        write(action.domain(), text);
        write(action.connector(), text);
        write(action.parameters(), text);
        write(action.estimatedCostCents(), text);
        write(action.reversible(), text);
        write(action.provenance(), text);
        write(action.urgency(), text);
        write(action.risk(), text);
        return HexFormat.of().formatHex(sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Each value with its kind and its length, so that no two things that differ are written alike. */
    private static void write(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append('0');
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> sorted = new TreeMap<>();
                map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
                text.append('{').append(sorted.size());
                sorted.forEach((key, each) -> {
                    write(key, text);
                    write(each, text);
                });
            }
            case Iterable<?> list -> {
                text.append('[');
                list.forEach(each -> write(each, text));
                text.append(']');
            }
            default -> {
                String written = value.toString();
                char kind = value instanceof String ? 's' : value instanceof Number ? 'n' : 'v';
                text.append(kind).append(written.length()).append(':').append(written);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
