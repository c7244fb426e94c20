package dev.lifeline.poller.application.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** SHA-256 of a text in base64url: lets a secret be recognised without being kept. */
public final class Fingerprint {

    private Fingerprint() {}

    public static String of(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether it is that secret's, in a time that does not tell how much of it agrees. */
    public static boolean matches(String fingerprint, String secret) {
        return MessageDigest.isEqual(
                fingerprint.getBytes(StandardCharsets.US_ASCII), of(secret).getBytes(StandardCharsets.US_ASCII));
    }
}
