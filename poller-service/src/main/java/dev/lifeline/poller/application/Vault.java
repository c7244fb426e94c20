package dev.lifeline.poller.application;

import java.security.GeneralSecurityException;
import java.util.UUID;

/** Encrypts what must never lie in the clear. What was sealed for one user and provider can not be opened for another. */
public interface Vault {

    byte[] seal(byte[] secret, UUID userId, String provider);

    /** @throws GeneralSecurityException when it was not sealed for them, was changed, or its key is gone */
    byte[] open(byte[] sealed, UUID userId, String provider) throws GeneralSecurityException;
}
