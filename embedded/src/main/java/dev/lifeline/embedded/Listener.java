package dev.lifeline.embedded;

import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * An address at which the broker listens.
 *
 * @param name how Kafka's settings call it, in capitals
 * @param host the address to bind to, which is also the one that clients are told
 * @param port a port above 0
 * @param protocol whether clients say who they are, and whether the way is encrypted
 */
public record Listener(String name, String host, int port, SecurityProtocol protocol) {

    public Listener {
        if (port <= 0) {
            throw new IllegalArgumentException("listener " + name + " needs a port above 0, not " + port);
        }
    }

    /** A listener on loopback for clients who need not say who they are. */
    public static Listener plaintext(String name, int port) {
        return new Listener(name, Ports.LOOPBACK, port, SecurityProtocol.PLAINTEXT);
    }

    /** Host and port, as clients write it. */
    public String address() {
        return host + ":" + port;
    }

    String endpoint() {
        return name + "://" + address();
    }
}
