package dev.lifeline.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Directories that are there completely or not at all, so that a kill in the middle of making one harms nothing. */
final class Directories {

    /** Fills an empty directory. */
    @FunctionalInterface
    interface Filling {
        void fill(Path directory) throws IOException;
    }

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private Directories() {}

    /**
     * Makes {@code target} by filling a directory beside it and renaming that; does nothing where it exists. No other user
     * may enter it, unless the filling says so.
     */
    static void createWhole(Path target, Filling filling) throws IOException {
        if (Files.isDirectory(target)) {
            return;
        }
        Path parent = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a directory below the root");
        Files.createDirectories(parent);
        String prefix = target.getFileName() + ".new-";
        deleteLeftovers(parent, prefix);
        Path unfinished = parent.resolve(prefix + ProcessHandle.current().pid());
        delete(unfinished);
        Files.createDirectory(unfinished, OWNER_ONLY);
        try {
            filling.fill(unfinished);
            moveUnlessPresent(unfinished, target);
        } finally {
            delete(unfinished);
        }
    }

    /** What processes that no longer live have begun. */
    private static void deleteLeftovers(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> begun = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path directory : begun) {
                String pid = directory.getFileName().toString().substring(prefix.length());
                if (pid.matches("[0-9]{1,10}")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    delete(directory);
                }
            }
        }
    }

    private static void moveUnlessPresent(Path unfinished, Path target) throws IOException {
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    /** Deletes a directory and all in it; links are removed, not followed. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
