package dev.lifeline.standalone.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.standalone.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path directory;

    @Test
    void keeps_its_secrets_to_itself_and_over_a_restart() throws Exception {
        String password;
        try (Home home = Home.take(directory)) {
            Secrets secrets = Secrets.of(home);
            password = secrets.password("kafka.admin");
            secrets.keep();
        }
        try (Home home = Home.take(directory)) {
            assertThat(Secrets.of(home).password("kafka.admin")).isEqualTo(password);
        }
        assertThat(permissions(directory.resolve("secrets.properties"))).isEqualTo("rw-------");
    }

    @Test
    void is_closed_to_other_users_of_the_machine() throws Exception {
        Path open = Files.createDirectory(directory.resolve("open"));
        for (Path part : List.of(open, open.resolve("kafka"), open.resolve("logs"))) {
            Files.createDirectories(part);
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.createFile(open.resolve("kafka/meta.properties"));

        try (Home home = Home.take(open)) {
            assertThat(permissions(open)).isEqualTo("rwx------");
            assertThat(permissions(home.kafka())).isEqualTo("rwx------");
            assertThat(permissions(home.postgres())).isEqualTo("rwx------");
            assertThat(permissions(Home.logs(open))).isEqualTo("rwx------");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** A file that is not touched is not lost. */
    @Test
    void writes_its_secrets_only_when_one_was_made() throws Exception {
        Path file = directory.resolve("secrets.properties");
        Files.writeString(file, "# restored by hand\nkafka.admin=secret\n");
        try (Home home = Home.take(directory)) {
            Secrets secrets = Secrets.of(home);
            assertThat(secrets.password("kafka.admin")).isEqualTo("secret");
            secrets.keep();
            assertThat(file).content().startsWith("# restored by hand");

            String ticket = secrets.key("ticket");
            secrets.keep();
            assertThat(file).hasContent("kafka.admin=secret\nticket=" + ticket);
        }
    }

    @Test
    void is_damaged_when_there_is_a_database_without_its_password() throws Exception {
        Path data = Files.createDirectories(directory.resolve("postgres/data"));
        Files.createFile(data.resolve("PG_VERSION"));
        Path file = directory.resolve("secrets.properties");
        try (Home home = Home.take(directory)) {
            assertDamaged(home);
            for (String left : List.of("", "kafka.admin=secret\npostgres.postgres=\n", "\0".repeat(100))) {
                Files.writeString(file, left);
                assertDamaged(home);
                assertThat(file).content().isEqualTo(left);
            }

            Files.writeString(file, "postgres.postgres=secret\n");
            assertThat(Secrets.of(home).password(Secrets.DATABASE)).isEqualTo("secret");
        }
    }

    private static void assertDamaged(Home home) {
        assertThatThrownBy(() -> Secrets.of(home))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("secrets.properties is damaged")
                .hasMessageContaining("restore it from a backup, or move");
    }

    @Test
    void is_damaged_when_a_part_of_it_has_lost_its_heart() throws Exception {
        Files.createDirectories(directory.resolve("kafka/lifeline.connector.events-0"));

        assertThatThrownBy(() -> Home.take(directory))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("kafka is damaged: it has no meta.properties");
    }

    @Test
    void is_refused_where_it_is_a_file() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> Home.take(file))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("LIFELINE_HOME is " + file + ", which is no directory");
    }

    @Test
    void nobody_runs_on_a_home_that_nobody_has() {
        assertThat(Announcement.of(directory)).isEmpty();
    }
}
