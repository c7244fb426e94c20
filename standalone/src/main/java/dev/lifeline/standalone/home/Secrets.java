package dev.lifeline.standalone.home;

import dev.lifeline.embedded.EmbeddedPostgres;
import dev.lifeline.standalone.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Passwords and keys of one installation, made on its first start and kept in {@code secrets.properties}, mode 600.
 *
 * <p>Not safe for use by several threads.
 */
public final class Secrets {

    /** The name of the one password that can not be made anew: the database was made with it. */
    public static final String DATABASE = "postgres." + EmbeddedPostgres.SUPERUSER;

    private static final String FILE = "secrets.properties";
    private static final int PASSWORD_BYTES = 24;
    private static final int KEY_BYTES = 32;

    private final Path file;
    private final Properties known;
    private final SecureRandom random;
    private boolean made;

    private Secrets(Path file, Properties known) {
        this.file = file;
        this.known = known;
        random = new SecureRandom();
    }

    /**
     * The secrets of that home.
     *
     * @throws CannotStartException when there is data but not the secrets it was made with
     */
    public static Secrets of(Home home) {
        Path file = home.directory().resolve(FILE);
        Properties known = read(file, home);
        if (known.getProperty(DATABASE, "").isBlank()
                && Files.exists(home.postgres().resolve("data"))) {
            throw damaged(file, "the password of the database, which is there, is missing", home);
        }
        return new Secrets(file, known);
    }

    private static Properties read(Path file, Home home) {
        try {
            return Files.exists(file) ? Home.read(file) : new Properties();
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file, "it can not be read (" + e.getMessage() + ")", home);
        }
    }

    private static CannotStartException damaged(Path file, String how, Home home) {
        return new CannotStartException(file + " is damaged: " + how + "; restore it from a backup, or move "
                + home.directory() + " away to begin anew");
    }

    /** The password of that name, of characters that need no quoting anywhere. */
    public String password(String name) {
        return valueOf(name, PASSWORD_BYTES, Base64.getUrlEncoder().withoutPadding());
    }

    /** The key of that name: 32 random bytes in base64. */
    public String key(String name) {
        return valueOf(name, KEY_BYTES, Base64.getEncoder());
    }

    private String valueOf(String name, int bytes, Base64.Encoder encoder) {
        String value = known.getProperty(name);
        if (value == null || value.isBlank()) {
            byte[] fresh = new byte[bytes];
            random.nextBytes(fresh);
            value = encoder.encodeToString(fresh);
            known.setProperty(name, value);
            made = true;
        }
        return value;
    }

    /** Writes down what has been made since. Call it before anything is opened with a new secret. */
    public void keep() throws IOException {
        if (!made) {
            return;
        }
        List<String> lines = new TreeSet<>(known.stringPropertyNames())
                .stream().map(name -> name + "=" + known.getProperty(name)).toList();
        PrivateFiles.write(file, lines);
        made = false;
    }
}
