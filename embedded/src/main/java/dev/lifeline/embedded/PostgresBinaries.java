package dev.lifeline.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the archive on the class path. */
final class PostgresBinaries {

    private static final String PREFIX = "postgresql-";

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /** The programs below {@code parent}, unpacked there where they are missing. */
    static PostgresBinaries in(Path parent) throws IOException {
        Path home = parent.resolve(PREFIX + version());
        Directories.createWhole(home, PostgresBinaries::unpack);
        if (!isOurs(home)) {
            throw new IOException(home + " belongs to somebody else; its programs are not run");
        }
        return new PostgresBinaries(home);
    }

    /** The archive's, of which the directory's name tells: those of a newer one are unpacked beside the older. */
    private static String version() throws IOException {
        Properties packaged = new Properties();
        try (InputStream file = PostgresBinaries.class.getResourceAsStream("postgresql.properties")) {
            packaged.load(Objects.requireNonNull(file));
        }
        return Objects.requireNonNull(packaged.getProperty("version"));
    }

    /** Deletes those of other versions beside these; nobody may be running from them any more. */
    void deleteOthers() throws IOException {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(versions(), PREFIX + "*")) {
            for (Path version : versions) {
                if (!version.equals(home)) {
                    Directories.delete(version);
                }
            }
        }
    }

    /** Another user may have made the directory first where the parent is shared, such as in {@code /tmp}. */
    private static boolean isOurs(Path home) throws IOException {
        Path mine = Files.createTempFile("lifeline", ".owner");
        try {
            return Files.getOwner(home, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(mine));
        } finally {
            Files.delete(mine);
        }
    }

    Path home() {
        return home;
    }

    /** Below which the programs of every version lie that has been run here. */
    Path versions() {
        return home.resolveSibling("");
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static void unpack(Path target) throws IOException {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (InputStream packed =
                        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), System.getProperty("os.arch"));
                TarArchiveInputStream archive =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                unpack(entry, archive, target);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("the archive of PostgreSQL names a file outside it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink() || entry.isLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "Darwin" : "Linux";
    }
}
