package dev.lifeline.policy.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the brake is pulled.
 *
 * @param operator the operator's pauses, of this instance's environment too
 * @param user the user's own; absent when there is none
 * @param unknown why it is not known whether there are others, as a sentence; absent when it is known
 */
public record Control(
        List<Pause> operator,
        @Nullable Pause user,
        @Nullable String unknown) {

    /** The brake is not pulled, and that is known. */
    public static final Control FREE = new Control(List.of(), null, null);

    public Control {
        operator = List.copyOf(operator);
    }
}
