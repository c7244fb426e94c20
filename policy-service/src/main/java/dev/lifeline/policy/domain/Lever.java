package dev.lifeline.policy.domain;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lever in the environment of an instance, {@code SKYTWIN_AUTO_EXECUTE_DISABLED}. */
public final class Lever {

    private static final Set<String> NOT_PULLED = Set.of("", "false", "0", "no", "off");

    private Lever() {}

    /** Whether it is pulled: whatever does not clearly say no says yes. */
    public static boolean pulled(@Nullable String value) {
        return value != null && !NOT_PULLED.contains(value.strip().toLowerCase(Locale.ROOT));
    }
}
