package dev.lifeline.standalone.home;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.standalone.CannotStartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {

    private static final @Nullable URI DEMO_USERS = null;
    private static final URI ISSUER = URI.create("https://issuer.example.org");

    @TempDir
    Path directory;

    private Home home;

    @BeforeEach
    void take() {
        home = Home.take(directory);
    }

    @AfterEach
    void leave() throws IOException {
        home.close();
    }

    @Test
    void real_people_are_not_let_in_where_demo_users_were() throws Exception {
        begin(DEMO_USERS);

        assertThatCode(() -> goOn(DEMO_USERS)).doesNotThrowAnyException();
        assertThatThrownBy(() -> goOn(ISSUER))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("LIFELINE_HOME " + directory + " was filled with demo users, whose password anybody knows;"
                        + " choose another LIFELINE_HOME");
    }

    @Test
    void demo_users_are_not_let_in_where_real_people_were() throws Exception {
        begin(ISSUER);

        assertThatCode(() -> goOn(ISSUER)).doesNotThrowAnyException();
        assertThatThrownBy(() -> goOn(DEMO_USERS))
                .isInstanceOf(CannotStartException.class)
                .hasMessageStartingWith(
                        "LIFELINE_HOME " + directory + " holds the data of people who sign in at " + ISSUER)
                .hasMessageContaining("choose another LIFELINE_HOME");
    }

    @Test
    void people_of_another_issuer_are_let_in_only_when_the_operator_says_that_they_are_the_same() throws Exception {
        URI other = URI.create("https://other.example.org");
        begin(ISSUER);

        assertThatThrownBy(() -> goOn(other))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("write the new one into " + directory.resolve("people"));

        Files.writeString(directory.resolve("people"), other + "\n");
        assertThatCode(() -> goOn(other)).doesNotThrowAnyException();
    }

    /** Such as after a first start that found a port in use. */
    @Test
    void a_home_without_data_is_for_anybody() throws Exception {
        new People(home, DEMO_USERS).note();

        begin(ISSUER);

        assertThatThrownBy(() -> goOn(DEMO_USERS)).isInstanceOf(CannotStartException.class);
    }

    @Nested
    class in_a_home_from_before_this_was_noted {

        @BeforeEach
        void fill() throws IOException {
            Files.createDirectories(home.postgres().resolve("data"));
        }

        @Test
        void demo_users_were_where_the_sandbox_was() throws Exception {
            home.sandbox();

            assertThatThrownBy(() -> goOn(ISSUER)).hasMessageContaining("was filled with demo users");
            assertThatCode(() -> goOn(DEMO_USERS)).doesNotThrowAnyException();
        }

        @Test
        void real_people_were_where_it_was_not() throws Exception {
            assertThatThrownBy(() -> goOn(DEMO_USERS)).hasMessageContaining("sign in at an issuer of yours");
            assertThatCode(() -> goOn(ISSUER)).doesNotThrowAnyException();
            assertThatThrownBy(() -> goOn(DEMO_USERS)).hasMessageContaining("sign in at " + ISSUER);
        }
    }

    private void begin(@Nullable URI issuer) throws IOException {
        goOn(issuer);
        Files.createDirectories(home.postgres().resolve("data"));
    }

    private void goOn(@Nullable URI issuer) throws IOException {
        People people = new People(home, issuer);
        people.require();
        people.note();
    }
}
