package dev.lifeline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** TCP ports of this machine. */
public final class Ports {

    /** The address of loopback; the name {@code localhost} may lead to IPv6 first. */
    public static final String LOOPBACK = "127.0.0.1";

    /** That another program listens there. */
    public static final String IN_USE = "is in use";

    private static final int ANY = 0;

    private Ports() {}

    /** A port that nobody listened at a moment ago. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(ANY, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether one can listen there now. */
    public static boolean isFree(String host, int port) {
        return obstacle(host, port).isEmpty();
    }

    /** Why one can not listen there now, as a sentence about the port goes on; nothing where one can. */
    public static Optional<String> obstacle(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), 1);
            return Optional.empty();
        } catch (IOException e) {
            String words = String.valueOf(e.getMessage());
            return Optional.of(
                    words.startsWith("Address already in use") ? IN_USE : "can not be listened at: " + words);
        }
    }

    /** Why one can not listen at any port of that address, likewise; nothing where one can. */
    public static Optional<String> obstacle(String host) {
        return obstacle(host, ANY);
    }
}
