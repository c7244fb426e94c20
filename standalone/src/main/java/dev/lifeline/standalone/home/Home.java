package dev.lifeline.standalone.home;

import dev.lifeline.standalone.CannotStartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;

/**
 * The directory in which everything of one installation lies, held by one process at a time.
 *
 * <p>The hold is a lock of the operating system's on a file, so it ends with the process, however that ends.
 */
public final class Home implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String RUNNING = "running.properties";

    private final Path directory;
    private final FileChannel channel;

    @SuppressWarnings({"FieldCanBeLocal", "UnusedVariable"}) // held until closed
    private final FileLock lock;

    private Home(Path directory, FileChannel channel, FileLock lock) {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the directory, making it where it is missing.
     *
     * @throws CannotStartException when it can not be written, is damaged, or another process has it
     */
    public static Home take(Path directory) {
        try {
            Files.createDirectories(directory);
            requireWritable(directory);
            FileChannel channel = open(directory);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new CannotStartException("Lifeline already runs on " + directory + runningAt(directory)
                        + "; stop it first, or choose another LIFELINE_HOME");
            }
            Home home = new Home(directory, channel, lock);
            home.requireUndamaged();
            home.closeToOthers();
            return home;
        } catch (FileAlreadyExistsException e) {
            throw new CannotStartException("LIFELINE_HOME is " + directory + ", which is no directory", e);
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
    }

    /** Whether a process has the directory now. */
    public static boolean isTaken(Path directory) {
        if (!Files.exists(directory.resolve(LOCK))) {
            return false;
        }
        try (FileChannel channel = open(directory);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
    }

    public Path directory() {
        return directory;
    }

    public Path kafka() {
        return directory.resolve("kafka");
    }

    public Path postgres() {
        return directory.resolve("postgres");
    }

    /** Where the log is written. */
    public static Path logs(Path directory) {
        return directory.resolve("logs");
    }

    public Path sandbox() throws IOException {
        return PrivateFiles.directory(directory.resolve("sandbox"));
    }

    /** Where services keep keys of their own. */
    public Path keys() throws IOException {
        return PrivateFiles.directory(directory.resolve("keys"));
    }

    /** Writes a file that only its owner may read. */
    public void writePrivately(String name, List<String> lines) throws IOException {
        PrivateFiles.write(directory.resolve(name), lines);
    }

    /** Notes something that is done once in the life of this directory. */
    public void mark(String what) throws IOException {
        PrivateFiles.write(directory.resolve(what), List.of());
    }

    public boolean isMarked(String what) {
        return Files.exists(directory.resolve(what));
    }

    /** Notes for other commands how to reach the process that has this directory. */
    public void announce(Announcement announcement) throws IOException {
        PrivateFiles.write(directory.resolve(RUNNING), announcement.lines());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(directory.resolve(RUNNING));
        channel.close();
    }

    private static FileChannel open(Path directory) throws IOException {
        return FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void requireWritable(Path directory) throws IOException {
        Files.delete(Files.createTempFile(directory, "writable", ".probe"));
    }

    private static CannotStartException notWritable(Path directory, IOException cause) {
        String reason = cause instanceof AccessDeniedException ? "permission denied" : cause.getMessage();
        return new CannotStartException(
                "LIFELINE_HOME is " + directory + ", which can not be written: " + reason, cause);
    }

    private static String runningAt(Path directory) {
        return Announcement.read(directory.resolve(RUNNING))
                .map(running -> " (process " + running.pid() + ", " + running.url() + ")")
                .orElse("");
    }

    /**
     * Comes after the hold, so that it does not shut out a server that runs. A directory that belongs to somebody else,
     * such as a volume, is as open as he has made it, its parts are not.
     */
    private void closeToOthers() throws IOException {
        if (Files.getOwner(directory).equals(Files.getOwner(directory.resolve(LOCK)))) {
            PrivateFiles.directory(directory);
        }
        PrivateFiles.directory(logs(directory));
        PrivateFiles.directory(postgres());
        if (Files.exists(kafka())) {
            PrivateFiles.directory(kafka());
        }
    }

    private void requireUndamaged() {
        requirePart(kafka(), "meta.properties");
        requirePart(postgres().resolve("data"), "PG_VERSION");
    }

    /** Directories are made whole or not at all, so one without its heart has been tampered with. */
    private void requirePart(Path part, String file) {
        if (Files.exists(part) && !Files.isRegularFile(part.resolve(file))) {
            throw new CannotStartException(part + " is damaged: it has no " + file
                    + "; restore it from a backup, or move " + directory + " away to begin anew");
        }
    }

    static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
