package dev.lifeline.poller.domain.classification;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The credentials that an answer carries in fields of their own, so that they are known wherever else they stand. */
final class Credentials {
    private static final Pattern NAME =
            Pattern.compile("(?i).*(token|secret|password|assertion|credential|api_?key|verifier|cookie|session).*");
    private static final Pattern HARMLESS_NAME = Pattern.compile("(?i)(token_type|token_uri|error.*)");
    private static final int SHORTEST = 4;
    private static final int MOST = 100;

    private Credentials() {}

    static Set<String> in(Map<String, Object> fields) {
        Set<String> credentials = new HashSet<>();
        Deque<Map<?, ?>> open = new ArrayDeque<>();
        open.add(fields);
        while (!open.isEmpty() && credentials.size() < MOST) {
            open.remove().forEach((name, value) -> {
                if (value instanceof Map<?, ?> inner) {
                    open.add(inner);
                } else if (value instanceof String text && text.strip().length() >= SHORTEST && secret((String) name)) {
                    credentials.add(text.strip());
                }
            });
        }
        return credentials;
    }

    private static boolean secret(String name) {
        return NAME.matcher(name).matches() && !HARMLESS_NAME.matcher(name).matches();
    }
}
