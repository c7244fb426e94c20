package dev.lifeline.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory below {@code target} that this process alone uses, and the next one uses again: so that what a killed test
 * run left behind is found and ended.
 */
final class Slot {

    private static final Path PARENT = Path.of("target", "backends");
    private static final int MOST = 32;

    /**
     * The locks of this process, until it ends: one that nobody can reach any more is let go of. And a file of which it has one
     * must not be opened again, for closing that lets go of the lock as well.
     */
    private static final Map<Path, FileLock> HELD = new HashMap<>();

    private final Path directory;

    private Slot(Path directory) {
        this.directory = directory;
    }

    /** Takes the first slot for that purpose which nobody has. */
    static synchronized Slot take(String purpose) {
        for (int number = 0; number < MOST; number++) {
            Slot slot = take(purpose, number);
            if (slot != null) {
                return slot;
            }
        }
        throw new IllegalStateException("all " + MOST + " directories for " + purpose + " below "
                + PARENT.toAbsolutePath() + " are in use by other processes");
    }

    private static @Nullable Slot take(String purpose, int number) {
        try {
            Path directory = Files.createDirectories(
                    PARENT.resolve(purpose + "-" + number).toAbsolutePath());
            if (HELD.containsKey(directory)) {
                return null;
            }
            FileChannel channel = FileChannel.open(
                    PARENT.resolve(purpose + "-" + number + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return null;
            }
            HELD.put(directory, lock);
            return new Slot(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** Deletes what an earlier process left in it. */
    void clear() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(directory))
                    .toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has something done when this process ends. */
    void atExit(Runnable action) {
        Runtime.getRuntime().addShutdownHook(new Thread(action, "stop " + directory.getFileName()));
    }
}
