package dev.lifeline.query.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where somebody may be sent who asked for it in an address: a path of our own, and nowhere else. */
public final class OwnPath {

    /** One slash, and then neither a second nor what browsers take for one. */
    private static final Pattern OWN = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,1000}");

    private static final String HOME = "/";

    private OwnPath() {}

    /** That path, or {@code /} where it leads elsewhere, or round in a circle. */
    public static String orHome(@Nullable String wanted) {
        return wanted != null && OWN.matcher(wanted).matches() && isAddress(wanted) && !leadsBack(wanted)
                ? wanted
                : HOME;
    }

    private static boolean isAddress(String path) {
        try {
            return new URI(path).getRawPath() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean leadsBack(String path) {
        return path.startsWith("/login") || path.startsWith("/logout");
    }
}
