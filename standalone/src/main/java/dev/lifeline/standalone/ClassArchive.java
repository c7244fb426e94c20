package dev.lifeline.standalone;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive of the classes this process has loaded, from which the next one maps them instead of reading, verifying and
 * linking them again (class data sharing): that halves its start.
 *
 * <p>The JVM notes the classes while it loads them ({@code -XX:DumpLoadedClassList}); the archive is made from that list by
 * a process beside this one, which ends with it. It is a gift to the next start: where it can not be made, that one is
 * merely slower.
 */
final class ClassArchive implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClassArchive.class);

    private final Path archive;
    private final Path unfinished;
    private final Process maker;

    private ClassArchive(Path archive, Path unfinished, Process maker) {
        this.archive = archive;
        this.unfinished = unfinished;
        this.maker = maker;
    }

    /**
     * Begins to make it and returns at once; empty where that can not even begin, which harms nobody.
     *
     * @param noted the list that this JVM is still writing
     * @param archive where it is wanted
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it does nothing but note the end
    static Optional<ClassArchive> begin(Path noted, Path archive) {
        try {
            Path unfinished = archive.resolveSibling(archive.getFileName() + ".new");
            Path list = Files.write(noted.resolveSibling("classes.complete.list"), completeLines(noted));
            Process maker = new ProcessBuilder(command(list, unfinished))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ClassArchive making = new ClassArchive(archive, unfinished, maker);
            maker.onExit().thenAccept(making::ended);
            return Optional.of(making);
        } catch (IOException e) {
            log.info("the archive of classes {} can not be made: {}", archive, e.toString());
            return Optional.empty();
        }
    }

    /** Options about modules must be the same as when the archive is used. */
    private static List<String> command(Path list, Path unfinished) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.add("-Xshare:dump");
        command.add("-Xlog:disable");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:SharedClassListFile=" + list);
        command.add("-XX:SharedArchiveFile=" + unfinished);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        return command;
    }

    /** The last line may be half written. */
    private static List<String> completeLines(Path noted) throws IOException {
        List<String> lines = Files.readAllLines(noted);
        return lines.subList(0, Math.max(0, lines.size() - 1));
    }

    private void ended(Process process) {
        try {
            if (process.exitValue() == 0) {
                Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            log.info("the archive of classes {} was not kept: {}", archive, e.toString());
        }
    }

    /** Gives it up if it is not made yet. */
    @Override
    public void close() {
        maker.destroyForcibly();
    }
}
