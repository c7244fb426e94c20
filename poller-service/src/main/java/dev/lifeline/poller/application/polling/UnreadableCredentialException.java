package dev.lifeline.poller.application.polling;

import java.util.UUID;

/** A credential can not be decrypted: its key is not in the keyset, or it was not written for this user and provider. */
public final class UnreadableCredentialException extends RuntimeException {

    public UnreadableCredentialException(UUID grantId, Throwable cause) {
        super("the credential of grant " + grantId + " can not be decrypted: is its key in the keyset?", cause);
    }
}
