package dev.lifeline.poller.adapter.tink;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import dev.lifeline.poller.application.Vault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * Authenticated encryption (AES-256-GCM) with the primary key of a keyset; any key of the keyset opens. User and provider are
 * the associated data, so that a row copied to another user opens for nobody.
 */
public final class TinkVault implements Vault {

    private final Aead aead;

    /** @throws GeneralSecurityException when the keyset is not one of AEAD keys */
    public TinkVault(KeysetHandle keyset) throws GeneralSecurityException {
        this.aead = keyset.getPrimitive(AeadConfig2026.get(), Aead.class);
    }

    @Override
    public byte[] seal(byte[] secret, UUID userId, String provider) {
        try {
            return aead.encrypt(secret, associated(userId, provider));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keyset's primary key does not encrypt", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, UUID userId, String provider) throws GeneralSecurityException {
        return aead.decrypt(sealed, associated(userId, provider));
    }

    private static byte[] associated(UUID userId, String provider) {
        return (userId + "/" + provider).getBytes(StandardCharsets.UTF_8);
    }
}
