package dev.lifeline.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The process that PostgreSQL's {@code postmaster.pid} speaks of: the server it was, or whatever has its id since.
 *
 * @param process a live process
 * @param started when the server that wrote the file was started
 */
record RecordedServer(ProcessHandle process, Instant started) {

    private static final int START_LINE = 2;

    /** The server says when it was started in whole seconds, by its own clock and a little after its process began. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    /** What is known of a process. */
    enum Identity {
        /** The server that wrote the file, or one of the same programs. */
        SERVER,
        /** Another program, to which the id has gone. */
        OTHER,
        /** The system does not tell; what belongs to another user looks so. */
        UNKNOWN
    }

    /** What that file speaks of; nothing where there is no file or the process no longer lives. */
    static Optional<RecordedServer> in(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        try {
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            long pid = Long.parseLong(lines.getFirst().strip());
            long started = lines.size() > START_LINE
                    ? Long.parseLong(lines.get(START_LINE).strip())
                    : 0;
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .map(process -> new RecordedServer(process, Instant.ofEpochSecond(started)));
        } catch (NumberFormatException e) {
            throw new IOException(file + " is damaged: it names no process", e);
        }
    }

    /** What the process is, where PostgreSQL's programs, of whatever version, lie below {@code programs}. */
    Identity identity(Path programs) {
        return identify(process.info().command(), process.info().startInstant(), started, programs);
    }

    static Identity identify(Optional<String> command, Optional<Instant> began, Instant recorded, Path programs) {
        boolean sameStart = began.filter(
                        instant -> Duration.between(instant, recorded).abs().compareTo(TOLERANCE) <= 0)
                .isPresent();
        if (sameStart
                || command.filter(path -> Path.of(path).startsWith(programs)).isPresent()) {
            return Identity.SERVER;
        }
        return command.isPresent() ? Identity.OTHER : Identity.UNKNOWN;
    }
}
