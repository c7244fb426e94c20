package dev.lifeline.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Under which id Lifeline knows whom an issuer vouches for: in commands, in events and at every door the same, so it is worked
 * out here and nowhere else.
 */
public final class UserIds {

    /** RFC 9562, appendix C: the name space of URLs. */
    private static final UUID URLS = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    private static final Pattern TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private UserIds() {}

    /** The UUID that this is the text of, all 36 characters; {@link UUID#fromString} takes less for one. */
    public static Optional<UUID> parse(String text) {
        return TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /**
     * The subject where that is a UUID, else a UUID of version 5 made of issuer and subject: the subject's in the name space
     * that is the issuer's in the name space of URLs.
     */
    public static UUID of(String issuer, String subject) {
        return parse(subject).orElseGet(() -> version5(version5(URLS, issuer), subject));
    }

    /** RFC 9562, section 5.5. */
    private static UUID version5(UUID namespace, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(16 + text.length)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .put(text);
        ByteBuffer hash = ByteBuffer.wrap(sha1(input.array()));
        long high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x5000L;
        long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static byte[] sha1(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
