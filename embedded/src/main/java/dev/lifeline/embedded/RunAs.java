package dev.lifeline.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL's programs are run: they refuse to run as root.
 *
 * <p>Root takes a user namespace, in which the same files are reached under another name, and where the kernel does not
 * allow that, as in most containers, the account {@code nobody}. That account then owns the data, and keeps root's way
 * through directories that are closed to others, such as {@code /root}.
 */
enum RunAs {
    OURSELVES,
    NAMESPACE,
    NOBODY;

    private static final int ROOT = 0;

    /** The way for whoever owns {@code directory}, which this process has made. */
    static RunAs forOwnerOf(Path directory) throws IOException {
        if (!Integer.valueOf(ROOT).equals(Files.getAttribute(directory, "unix:uid"))) {
            return OURSELVES;
        }
        return NAMESPACE.works() ? NAMESPACE : NOBODY;
    }

    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(arguments);
        return command;
    }

    /** Hands the directory and all in it to the account that will use it. */
    void own(Path directory) throws IOException {
        if (this != NOBODY) {
            return;
        }
        UserPrincipal nobody =
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setOwner(file, nobody);
            }
        }
    }

    private List<String> prefix() {
        return switch (this) {
            case OURSELVES -> List.of();
            case NAMESPACE -> List.of("unshare", "--user", "--");
            case NOBODY ->
                List.of(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "--inh-caps=+dac_override",
                        "--ambient-caps=+dac_override",
                        // else access(2), by which the programs look for one another, leaves the capability out
                        "--securebits=+no_setuid_fixup",
                        "--");
        };
    }

    /** Whether this kernel lets this process do so. */
    boolean works() {
        try {
            return new ProcessBuilder(command(List.of("true")))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
