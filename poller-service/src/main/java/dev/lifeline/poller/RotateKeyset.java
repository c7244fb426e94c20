package dev.lifeline.poller;

import dev.lifeline.poller.adapter.tink.Keysets;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Rotates the keyset that encrypts credentials, in two steps, so that pollers side by side can always read each other's:
 * {@code add FILE}, restart all pollers with the new file, {@code promote FILE}, restart them again. See
 * {@code docs/credentials.md}.
 */
public final class RotateKeyset {

    private static final int WRONG_USAGE = 2;

    private RotateKeyset() {}

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        if (arguments.length != 2) {
            usage();
            return;
        }
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "add" -> {
                int keys = Keysets.add(file);
                System.out.println("Added a key, there are " + keys + " now. Restart all pollers, then promote it.");
            }
            case "promote" -> {
                Keysets.promote(file);
                System.out.println("The newest key encrypts from the next start on.");
            }
            default -> usage();
        }
    }

    private static void usage() {
        System.err.println("usage: RotateKeyset add|promote FILE");
        System.exit(WRONG_USAGE);
    }
}
