package dev.lifeline.sandbox.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The opaque tokens of this provider: {@code KIND.ACCOUNT.RANDOM}. The account's name stands in them so that a request
 * with a token long revoked can still be counted as the account's; whether a token is any good only the grants can say,
 * and those keep fingerprints, never tokens.
 */
public final class Tokens {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 32;

    private Tokens() {}

    public static String newAccessToken(String account) {
        return mint("sandbox-access", account);
    }

    public static String newRefreshToken(String account) {
        return mint("sandbox-refresh", account);
    }

    /** The name of the account that the token was made for, as far as the token says. */
    public static Optional<String> accountIn(String token) {
        String[] parts = token.split("\\.", -1);
        return parts.length == 3 && parts[0].startsWith("sandbox-") ? Optional.of(parts[1]) : Optional.empty();
    }

    /** What is kept of a token: its SHA-256, base64url. */
    public static String fingerprint(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String mint(String kind, String account) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return kind + "." + account + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
