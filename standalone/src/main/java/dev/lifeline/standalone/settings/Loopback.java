package dev.lifeline.standalone.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Whether a host is this machine to itself, judged by its name alone: no name server is asked. */
final class Loopback {

    private Loopback() {}

    /** Whether that host of an address can be nothing but loopback. */
    static boolean names(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        boolean literal = name.startsWith("[") || name.matches("[0-9]+(\\.[0-9]+){3}");
        return literal && isLoopback(name);
    }

    private static boolean isLoopback(String literal) {
        try {
            return InetAddress.getByName(literal).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
