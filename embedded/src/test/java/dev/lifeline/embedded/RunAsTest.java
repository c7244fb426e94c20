package dev.lifeline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL for root where there are no user namespaces, as in most containers. */
class RunAsTest {

    @TempDir
    Path directory;

    @Test
    void is_served_by_nobody_from_a_directory_that_only_root_may_enter() throws Exception {
        Path closed = Files.createDirectory(
                directory.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assumeTrue(RunAs.forOwnerOf(closed) != RunAs.OURSELVES, "only root runs it as somebody else");
        assumeTrue(RunAs.NOBODY.works(), "this machine does not allow it");
        Path data = Files.createDirectory(closed.resolve("data"));
        int port = Ports.free();
        PostgresCommands commands = new PostgresCommands(PostgresBinaries.in(closed), RunAs.NOBODY, closed);

        commands.initialise(data, "postgres", "secret");
        commands.start(
                data,
                List.of("-c port=" + port, "-c listen_addresses=" + Ports.LOOPBACK, "-c unix_socket_directories="));
        try {
            assertThat(Ports.isFree(Ports.LOOPBACK, port)).isFalse();
        } finally {
            commands.stop(data, "fast");
        }
    }
}
