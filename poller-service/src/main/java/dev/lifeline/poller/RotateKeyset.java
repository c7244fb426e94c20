package dev.lifeline.poller;

import dev.lifeline.poller.adapter.tink.Keysets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Rotates the keyset that encrypts credentials, in two steps, so that pollers side by side can always read each other's:
 * {@code add FILE}, restart all pollers with the new file, {@code promote FILE}, restart them again. See
 * {@code docs/credentials.md}.
 */
public final class RotateKeyset {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private RotateKeyset() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /** The exit status: 0 done, 1 not done, 2 wrong usage. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length != 2) {
            return usage(err);
        }
        Path file = Path.of(arguments[1]);
        try {
            switch (arguments[0]) {
                case "new" -> {
                    if (Files.exists(file)) {
                        err.println(file + " is there already, and stays as it is.");
                        return FAILED;
                    }
                    Keysets.in(file);
                    out.println("Made a keyset. It reads nothing that another has encrypted.");
                }
                case "add" -> {
                    int keys = Keysets.add(file);
                    out.println("Added a key, there are " + keys + " now. Restart all pollers, then promote it.");
                }
                case "promote" -> {
                    Keysets.promote(file);
                    out.println("The newest key encrypts from the next start on.");
                }
                default -> {
                    return usage(err);
                }
            }
            return 0;
        } catch (IOException | GeneralSecurityException e) {
            err.println(file + " is as it was, for its keyset can not be read or written: " + e);
            return FAILED;
        }
    }

    private static int usage(PrintStream err) {
        err.println("usage: RotateKeyset new|add|promote FILE");
        return WRONG_USAGE;
    }
}
