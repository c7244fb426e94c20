package dev.lifeline.standalone;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive of the classes this process has loaded, from which the next one maps them instead of reading, verifying and
 * linking them again (class data sharing): that halves its start.
 *
 * <p>The JVM makes it in a process beside this one. It is a gift to the next start: where it can not be made, that one is
 * merely slower.
 */
final class ClassArchive {

    private static final Logger log = LoggerFactory.getLogger(ClassArchive.class);

    /** The system property that says where the archive is wanted; absent when there is one. */
    private static final String WANTED = "lifeline.archive";

    private ClassArchive() {}

    /** Begins to make the archive, if one is wanted, and returns at once. */
    static void makeIfWanted() {
        String wanted = System.getProperty(WANTED);
        if (wanted != null) {
            Thread maker = new Thread(() -> make(Path.of(wanted)), "class archive");
            maker.setDaemon(true);
            maker.start();
        }
    }

    private static void make(Path archive) {
        Path unfinished = archive.resolveSibling(archive.getFileName() + ".new");
        try {
            Files.deleteIfExists(unfinished);
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmCds",
                            new Object[] {new String[] {"static_dump", unfinished.toString()}},
                            new String[] {String[].class.getName()});
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
            log.info("wrote the archive of classes {}", archive);
        } catch (JMException | IOException | RuntimeException e) {
            log.info("the archive of classes {} was not made: {}", archive, e.toString());
        }
    }
}
