package dev.lifeline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.embedded.RecordedServer.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedServerTest {

    private static final Path PROGRAMS = Path.of("/home/someone/.lifeline/postgres");
    private static final Instant RECORDED = Instant.ofEpochSecond(1_800_000_000);
    private static final Instant LATER = RECORDED.plusSeconds(3_600);

    @TempDir
    Path directory;

    @Test
    void one_of_our_programs_is_a_server() {
        assertThat(identify(PROGRAMS + "/postgresql-18.6.0/bin/postgres", LATER))
                .isEqualTo(Identity.SERVER);
        assertThat(identify(PROGRAMS + "/postgresql-18/bin/postgres", LATER))
                .as("of an earlier version")
                .isEqualTo(Identity.SERVER);
    }

    @Test
    void somebody_elses_postgresql_is_not_ours() {
        assertThat(identify("/usr/lib/postgresql/18/bin/postgres", LATER)).isEqualTo(Identity.OTHER);
        assertThat(identify(PROGRAMS + "-of-others/postgresql-18.6.0/bin/postgres", LATER))
                .isEqualTo(Identity.OTHER);
    }

    @Test
    void a_program_that_the_system_does_not_name_is_not_ours() {
        assertThat(identify(null, LATER)).isEqualTo(Identity.UNKNOWN);
        assertThat(identify(null, null)).isEqualTo(Identity.UNKNOWN);
    }

    @Test
    void whatever_began_when_the_file_says_wrote_it() {
        assertThat(identify(null, RECORDED.minusMillis(900))).isEqualTo(Identity.SERVER);
        assertThat(identify("/opt/older/bin/postgres", RECORDED)).isEqualTo(Identity.SERVER);
    }

    @Test
    void a_file_without_a_process_is_damaged() throws IOException {
        Path file = Files.write(directory.resolve("postmaster.pid"), List.of("torn"));

        assertThatThrownBy(() -> RecordedServer.in(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged");
    }

    private static Identity identify(@Nullable String command, @Nullable Instant began) {
        return RecordedServer.identify(Optional.ofNullable(command), Optional.ofNullable(began), RECORDED, PROGRAMS);
    }
}
