package dev.lifeline.query.application;

import java.util.Collection;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Who is signed in, on whatever instance. A session is known by a secret that only its browser has; here it goes by a
 * name made from that secret, from which the secret can not be had. Everything fails with {@link AwayException}.
 */
public interface Sessions {

    /** A new session; answers its secret. The ID token is kept, sealed, for the sign-out at the issuer. */
    Mono<String> open(Person person, String idToken);

    /** The session of that secret, which counts as used; empty when there is none, or it has expired. */
    Mono<Session> find(String secret);

    /**
     * Ends the session of that secret, and its open streams on every instance; answers its ID token. Empty when there is no
     * such session.
     */
    Mono<String> end(String secret);

    /** Which of these, by name, have neither ended nor expired. */
    Mono<Set<String>> living(Collection<String> names);
}
