package dev.lifeline.poller.adapter.tink;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * Keysets: one primary key that encrypts, and those before it, which still decrypt. In Tink's JSON form, in the clear, so the
 * file is readable by its owner only and belongs on a volume that is backed up apart from the database.
 */
public final class Keysets {

    private static final Configuration AEAD = AeadConfig2026.get();

    private Keysets() {}

    /** The keyset in that text. */
    public static KeysetHandle parse(String json) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(json, AEAD, InsecureSecretKeyAccess.get());
    }

    /** The keyset in that file; where there is none, a new one is made, with mode 600. */
    public static KeysetHandle in(Path file) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            return parse(Files.readString(file));
        }
        KeysetHandle keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AEAD);
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        write(file, keyset, false);
        // Should another process have been first, its keyset is the one that counts.
        return parse(Files.readString(file));
    }

    /**
     * The first step of a rotation: adds a new key, which decrypts but does not encrypt yet. Every poller must have been
     * started with the new file before the second step.
     *
     * @return how many keys there are now
     */
    public static int add(Path file) throws IOException, GeneralSecurityException {
        KeysetHandle.Builder keyset =
                KeysetHandle.newBuilder(parse(Files.readString(file))).setConfiguration(AEAD);
        keyset.addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                .withRandomId());
        KeysetHandle more = keyset.build();
        write(file, more, true);
        return more.size();
    }

    /**
     * The second step: the newest key encrypts from the next start on. What older ones have encrypted is still read, and is
     * encrypted anew at its next refresh.
     */
    public static void promote(Path file) throws IOException, GeneralSecurityException {
        KeysetHandle.Builder keyset =
                KeysetHandle.newBuilder(parse(Files.readString(file))).setConfiguration(AEAD);
        keyset.getAt(keyset.size() - 1).makePrimary();
        write(file, keyset.build(), true);
    }

    private static void write(Path file, KeysetHandle keyset, boolean replace)
            throws IOException, GeneralSecurityException {
        String json = TinkJsonProtoKeysetFormat.serializeKeyset(keyset, AEAD, InsecureSecretKeyAccess.get());
        Path unfinished = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(unfinished, json, StandardOpenOption.SYNC, StandardOpenOption.WRITE);
            if (replace) {
                move(unfinished, file);
            } else {
                linkUnlessThere(file, unfinished);
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Linking, unlike moving, leaves the file of a process that was faster as it is. */
    private static void linkUnlessThere(Path file, Path finished) throws IOException {
        try {
            Files.createLink(file, finished);
        } catch (FileAlreadyExistsException faster) {
            Files.delete(finished);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
