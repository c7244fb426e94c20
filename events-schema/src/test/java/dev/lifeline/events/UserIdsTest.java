package dev.lifeline.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserIdsTest {

    @Test
    void a_uuid_is_taken_as_it_is() {
        UUID id = UUID.fromString("11111111-1111-4111-8111-111111111111");

        assertThat(UserIds.of("https://issuer.example", id.toString())).isEqualTo(id);
    }

    @Test
    void any_other_subject_gets_one_of_version_5() {
        UUID id = UserIds.of("https://issuer.example", "alice");

        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
        // uuid5(uuid5(NAMESPACE_URL, "https://issuer.example"), "alice") in Python.
        assertThat(id).hasToString("b987b90e-01fb-5ac1-8881-59532023fb19");
    }

    @Test
    void the_same_subject_of_another_issuer_is_somebody_else() {
        assertThat(UserIds.of("https://issuer.example", "alice"))
                .isNotEqualTo(UserIds.of("https://other.example", "alice"));
    }

    @Test
    void what_java_takes_for_a_uuid_need_not_be_one() {
        assertThat(UserIds.parse("1-1-1-1-1")).isEmpty();
        assertThat(UserIds.parse("")).isEmpty();
        assertThat(UserIds.parse("11111111-1111-4111-8111-11111111111g")).isEmpty();
        assertThat(UserIds.parse("ABCDEF01-1111-4111-8111-111111111111")).isPresent();
    }
}
