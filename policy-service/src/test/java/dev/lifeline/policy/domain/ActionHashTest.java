package dev.lifeline.policy.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Action;
import dev.lifeline.events.Codec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActionHashTest {

    @Test
    void the_order_in_which_parameters_are_given_does_not_matter() {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", null);
        Map<String, @Nullable Object> other = new LinkedHashMap<>();
        other.put("b", null);
        other.put("a", 1);
        assertThat(ActionHash.of(Given.with(one))).isEqualTo(ActionHash.of(Given.with(other)));
    }

    @Test
    void everything_else_does() {
        List<Action> different = List.of(
                Given.action(),
                Given.typed("email.reply"),
                Given.costing(1L),
                Given.costing(null),
                Given.irreversible(null),
                Given.risking(null),
                Given.with(new HashMap<>(Map.of("a", "1"))),
                Given.with(new HashMap<>(Map.of("a", 1))),
                Given.with(new HashMap<>(Map.of("a", List.of(1, List.of(2))))),
                Given.with(new HashMap<>(Map.of("a", List.of(List.of(1), 2)))));
        assertThat(different.stream().map(ActionHash::of).distinct()).hasSize(different.size());
    }

    @Test
    void it_survives_being_written_and_read() {
        Codec codec = new Codec();
        Action action = Given.with(new HashMap<>(Map.of("n", List.of(1, 2L << 40, 1.5, true), "t", "\u00e4")));
        Action read = codec.decodeValue(Action.class, codec.encodeValue(action));
        assertThat(ActionHash.of(read)).isEqualTo(ActionHash.of(action));
    }
}
