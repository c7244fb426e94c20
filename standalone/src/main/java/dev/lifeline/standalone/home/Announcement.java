package dev.lifeline.standalone.home;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How a running instance is reached.
 *
 * @param sandbox the sandbox provider's origin; absent in real mode
 */
public record Announcement(long pid, URI url, @Nullable URI sandbox) {

    /** What the instance that has this home, running, has announced. */
    public static Optional<Announcement> of(Path home) {
        return Home.isTaken(home) ? read(home.resolve("running.properties")) : Optional.empty();
    }

    /** What that file says; nothing where it is missing or not legible, such as while it is written. */
    static Optional<Announcement> read(Path file) {
        try {
            Properties properties = Home.read(file);
            String sandbox = properties.getProperty("sandbox");
            return Optional.of(new Announcement(
                    Long.parseLong(properties.getProperty("pid")),
                    URI.create(properties.getProperty("url")),
                    sandbox == null ? null : URI.create(sandbox)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("pid=" + pid, "url=" + url));
        if (sandbox != null) {
            lines.add("sandbox=" + sandbox);
        }
        return lines;
    }
}
