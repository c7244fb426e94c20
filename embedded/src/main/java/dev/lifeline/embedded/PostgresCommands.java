package dev.lifeline.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** PostgreSQL's own programs, run for one server directory. */
final class PostgresCommands {

    private static final int TIME_OUT_SECONDS = 60;
    private static final int LAST_WORDS = 3;
    /**
     * Hashing a password thousands of times slows down who guesses it, and takes a client tens of milliseconds of its processor
     * for each connection. The passwords of a server like this one are not chosen by people.
     */
    private static final int SCRAM_ITERATIONS = 1;

    private static final String PID_FILE = "postmaster.pid";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final PostgresBinaries binaries;
    private final RunAs runAs;
    private final Path directory;

    PostgresCommands(PostgresBinaries binaries, RunAs runAs, Path directory) {
        this.binaries = binaries;
        this.runAs = runAs;
        this.directory = directory;
    }

    /** Makes a new cluster in an empty directory. */
    void initialise(Path data, String superuser, String password) throws IOException {
        Path passwordFile = directory.resolve("superuser.password");
        Files.deleteIfExists(passwordFile);
        Files.createFile(passwordFile, OWNER_ONLY);
        try {
            Files.writeString(passwordFile, password);
            runAs.own(passwordFile);
            runAs.own(data);
            run(
                    "initdb",
                    "--pgdata=" + data,
                    "--username=" + superuser,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--set=scram_iterations=" + SCRAM_ITERATIONS,
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8");
        } finally {
            Files.delete(passwordFile);
        }
    }

    void start(Path data, List<String> options) throws IOException {
        Path log = serverLog();
        if (Files.exists(log)) {
            Files.move(log, directory.resolve("server.previous.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(log, OWNER_ONLY);
        runAs.own(log);
        run(
                "pg_ctl",
                "start",
                "--wait",
                "--timeout=" + TIME_OUT_SECONDS,
                "--pgdata=" + data,
                "--log=" + log,
                "--options=" + String.join(" ", options));
    }

    /** Stops the server on that data, if there is one. */
    void stop(Path data, String mode) throws IOException {
        if (!Files.exists(data.resolve(PID_FILE))) {
            return;
        }
        run("pg_ctl", "stop", "--wait", "--timeout=" + TIME_OUT_SECONDS, "--mode=" + mode, "--pgdata=" + data);
    }

    /**
     * Stops a server that runs on that data though nobody of this process started it, and forgets one whose process id
     * has meanwhile gone to another program. A process of which nothing is known is left alone, and so is the file:
     * it tells PostgreSQL itself, which starts where it sees that the process is no server of its user's.
     */
    void stopLeftover(Path data) throws IOException {
        Path file = data.resolve(PID_FILE);
        Optional<RecordedServer> recorded = RecordedServer.in(file);
        if (recorded.isEmpty()) {
            return;
        }
        switch (recorded.get().identity(binaries.versions().toRealPath())) {
            case SERVER -> stop(data, "fast");
            case OTHER -> Files.deleteIfExists(file);
            case UNKNOWN -> {}
        }
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(binaries.program(program)));
        command.addAll(List.of(arguments));
        Path output = directory.resolve(program + ".log");
        Process process = new ProcessBuilder(runAs.command(command))
                .directory(binaries.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(2L * TIME_OUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + 2 * TIME_OUT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException(program + " was interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(program + " failed: " + lastWords(output) + serverWords());
        }
    }

    private String serverWords() throws IOException {
        return Files.exists(serverLog()) && Files.size(serverLog()) > 0 ? " (" + lastWords(serverLog()) + ")" : "";
    }

    private Path serverLog() {
        return directory.resolve("server.log");
    }

    private static String lastWords(Path log) throws IOException {
        List<String> lines = Files.readString(log, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }
}
