package dev.lifeline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {

    @TempDir
    Path parent;

    @Test
    void leaves_nothing_when_the_filling_fails() throws IOException {
        assertThatThrownBy(() -> Directories.createWhole(parent.resolve("whole"), directory -> {
                    Files.createFile(directory.resolve("half"));
                    throw new IOException("power cut");
                }))
                .hasMessage("power cut");

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void removes_what_a_killed_process_had_begun() throws IOException {
        long dead = endedProcess();
        Files.createDirectories(parent.resolve("whole.new-" + dead + "/half"));

        Directories.createWhole(parent.resolve("whole"), directory -> Files.createFile(directory.resolve("all")));

        assertThat(parent).isDirectoryNotContaining("glob:**.new-*");
        assertThat(parent.resolve("whole/all")).exists();
    }

    @Test
    void does_not_fill_again_what_is_there() throws IOException {
        Path whole = Files.createDirectory(parent.resolve("whole"));

        Directories.createWhole(whole, directory -> {
            throw new IOException("filled again");
        });

        assertThat(whole).isEmptyDirectory();
    }

    private static long endedProcess() throws IOException {
        Process process = new ProcessBuilder("true").start();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.pid();
    }
}
