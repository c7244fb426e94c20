package dev.lifeline.policy.whatif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.events.Policy;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProposedTest {
    private static final UUID KNOWN = UUID.fromString("b1b1b1b1-0000-4000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("b1b1b1b1-0000-4000-8000-000000000002");
    private static final List<RulePolicy> THEN = List.of(then(KNOWN, 1), then(OTHER, 2));
    private static final String POLICY = """
            {%s"name": "Mine", "priority": %d, "enabled": %s,
             "rules": [{"field": "domain", "operator": "eq", "value": "email", "effect": "deny", "reason": "no"}]}
            """;

    private static RulePolicy then(UUID id, int priority) {
        return RuleReader.read(new Policy(id, "Then", "", priority, true, List.of()), 7);
    }

    private static String policy(String id, int priority) {
        return POLICY.formatted(id, priority, true);
    }

    private static String withId(UUID id, int priority) {
        return policy("\"policyId\": \"" + id + "\", ", priority);
    }

    private static Proposed read(String json) {
        return Proposed.read(json.getBytes(UTF_8));
    }

    private static List<UUID> over(Proposed proposed) {
        return proposed.over(THEN).stream().map(RulePolicy::policyId).toList();
    }

    @Test
    void one_without_an_id_comes_beside_what_there_was() {
        Proposed proposed = read(policy("", 9));
        assertThat(over(proposed)).hasSize(3).endsWith(OTHER, KNOWN);
        assertThat(proposed.keeps(KNOWN)).isTrue();
    }

    @Test
    void one_with_an_id_stands_in_place_of_that() {
        Proposed proposed = read(withId(KNOWN, 9));
        assertThat(over(proposed)).containsExactly(KNOWN, OTHER);
        assertThat(proposed.over(THEN).getFirst().rules()).hasSize(1);
        assertThat(proposed.keeps(KNOWN)).isFalse();
        assertThat(proposed.keeps(OTHER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" [%s]", "{\"asOf\": null, \"items\": [%s]}"})
    void several_stand_in_place_of_all(String form) {
        Proposed proposed = read(form.formatted(withId(KNOWN, 9)));
        assertThat(over(proposed)).containsExactly(KNOWN);
        assertThat(proposed.keeps(OTHER)).isFalse();
    }

    @Test
    void none_at_all_is_a_list_without_any() {
        assertThat(over(read("[]"))).isEmpty();
    }

    @Test
    void one_that_is_not_enabled_is_taken_out() {
        assertThat(over(read(POLICY.formatted("\"policyId\": \"" + KNOWN + "\", ", 1, false))))
                .containsExactly(OTHER);
    }

    @Test
    void without_ids_they_are_tried_in_their_order_among_equals() {
        assertThat(over(read("[" + policy("", 1) + "," + policy("", 1) + "," + policy("", 2) + "]")))
                .containsExactly(new UUID(0, 2), new UUID(0, 0), new UUID(0, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            ``                                             ~ not a JSON object
            name: mine                                     ~ not JSON, or not alone, at byte 0
            7                                              ~ not a JSON object
            {}                                             ~ name is missing; it must be a text; write a policy as PUT
            [{}]                                           ~ [0].name is missing; it must be a text; write a policy as PUT
            [7]                                            ~ [0] is not of its type; it must be an object
            {"items": 7}                                   ~ items is not of its type; it must be
            {"items": [{"name": "a"}]}                     ~ items[0].priority is missing; it must be a whole number
            {"name": "a", "priority": 1, "enabled": true}  ~ rules is missing; it must be a list
            {"name": "", "priority": 1, "enabled": true, "rules": []} ~ name is empty; give the rules a name
            [{"name": " ", "priority": 1, "enabled": true, "rules": []}] ~ [0].name is empty; give the rules a name
            {"policyId": "x", "name": "a", "priority": 1, "enabled": true, "rules": []} ~ policyId is not of its type; it must be a UUID
            """)
    void what_can_not_be_meant_is_refused_by_field(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void a_rule_that_can_not_be_meant_is_refused_by_field() {
        assertThatThrownBy(() -> read("[" + policy("", 1) + "," + policy("", 1).replace("\"eq\"", "\"like\"") + "]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[1].rules[0].operator 'like' is not known; it may be one of eq, neq");
    }

    @Test
    void the_same_policy_twice_is_refused() {
        assertThatThrownBy(() -> read("[" + withId(KNOWN, 1) + "," + withId(KNOWN, 2) + "]"))
                .hasMessageStartingWith("[1].policyId stands there twice; give each policy one of its own");
    }
}
