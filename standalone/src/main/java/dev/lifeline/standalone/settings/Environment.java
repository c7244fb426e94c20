package dev.lifeline.standalone.settings;

import dev.lifeline.standalone.CannotStartException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.convert.DurationStyle;

/** Environment variables, read as values; what can not be read is refused by name. Blank is as good as absent. */
final class Environment {

    private static final int HIGHEST_PORT = 65_535;

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    int port(String name, int fallback) {
        return text(name).map(value -> parsePort(name, value)).orElse(fallback);
    }

    private static int parsePort(String name, String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        throw refused(name, value, "it must be a port from 1 to " + HIGHEST_PORT);
    }

    Duration duration(String name, Duration least, Duration most, Duration fallback) {
        return text(name).map(value -> parseDuration(name, value, least, most)).orElse(fallback);
    }

    private static Duration parseDuration(String name, String value, Duration least, Duration most) {
        String remedy = "it must be a duration such as 5s or PT5S, from " + spoken(least) + " to " + spoken(most);
        try {
            Duration duration = DurationStyle.detectAndParse(value);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refused(name, value, remedy, e);
        }
        throw refused(name, value, remedy);
    }

    private static String spoken(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    Optional<URI> httpAddress(String name) {
        return text(name).map(value -> parseHttpAddress(name, value));
    }

    private static URI parseHttpAddress(String name, String value) {
        String remedy = "it must be an address that begins with http:// or https://";
        try {
            URI address = new URI(value);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (http && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw refused(name, value, remedy, e);
        }
        throw refused(name, value, remedy);
    }

    /** An address without anything behind host and port but for one slash, which is left out. */
    Optional<URI> origin(String name) {
        return httpAddress(name).map(address -> requireOrigin(name, address));
    }

    private static URI requireOrigin(String name, URI address) {
        String path = address.getRawPath();
        boolean bare = path.isEmpty() || path.equals("/");
        if (!bare
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw refused(
                    name,
                    address.toString(),
                    "it must be an origin such as https://lifeline.example.org, without a path");
        }
        return URI.create(address.getScheme() + "://" + address.getRawAuthority());
    }

    private static CannotStartException refused(String name, String value, String remedy) {
        return new CannotStartException(name + " is '" + value + "'; " + remedy);
    }

    private static CannotStartException refused(String name, String value, String remedy, Exception cause) {
        return new CannotStartException(name + " is '" + value + "'; " + remedy, cause);
    }
}
