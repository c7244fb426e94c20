package dev.lifeline.query.adapter.security;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Texts that only Lifeline can read or make, as JWE (RFC 7516) with A256GCM. Each purpose has a key of its own, so that
 * nothing that was closed for one can be passed off as of another.
 */
public final class Box {

    private final DirectEncrypter encrypter;
    private final DirectDecrypter decrypter;

    /**
     * @param secret of at least 32 bytes
     */
    public Box(byte[] secret, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] key = mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
            this.encrypter = new DirectEncrypter(key);
            this.decrypter = new DirectDecrypter(key);
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalArgumentException("no key can be made for " + purpose, e);
        }
    }

    public String close(String text) {
        JWEObject box = new JWEObject(new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM), new Payload(text));
        try {
            box.encrypt(encrypter);
        } catch (JOSEException e) {
            throw new IllegalStateException("a text can not be encrypted", e);
        }
        return box.serialize();
    }

    /** What is in it; empty when it was not closed here, for this purpose. */
    public Optional<String> open(String closed) {
        try {
            JWEObject box = JWEObject.parse(closed);
            box.decrypt(decrypter);
            return Optional.of(box.getPayload().toString());
        } catch (ParseException | JOSEException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
