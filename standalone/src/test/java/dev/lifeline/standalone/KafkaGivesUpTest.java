package dev.lifeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.embedded.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka ends the whole process where it can not write any more, such as on a full disk. */
class KafkaGivesUpTest {

    @TempDir
    Path directory;

    @Test
    void up_says_why_it_ends_and_leaves_no_postgresql_behind() throws Exception {
        int postgres = Ports.free();
        try (Up up = Up.in(directory).with("LIFELINE_PG_PORT", Integer.toString(postgres))) {
            up.launch().awaitUp();

            Path kafka = up.home().resolve("kafka");
            Files.move(kafka, kafka.resolveSibling("gone"));

            assertThat(up.awaitEnd()).isEqualTo(1);
            assertThat(up.output())
                    .containsOnlyOnce("lifeline: Kafka can not go on with " + kafka
                            + " (is the disk full?); the log in " + up.home().resolve("logs") + " has more\n");
            assertThat(Ports.isFree(Ports.LOOPBACK, postgres)).isTrue();
        }
    }
}
