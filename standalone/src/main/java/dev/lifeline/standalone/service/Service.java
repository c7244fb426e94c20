package dev.lifeline.standalone.service;

import java.util.Map;
import java.util.Optional;
import org.springframework.boot.WebApplicationType;

/**
 * A service as {@code up} starts it.
 *
 * @param name also the name of its configuration
 * @param application its application class
 * @param type what serves its requests
 * @param prefix the paths of the shared port that it answers, as {@link SharedPort#under} takes them; absent: none of them. Servlet services have a port of their own
 * @param properties settings that outweigh its own configuration
 */
public record Service(
        String name,
        Class<?> application,
        WebApplicationType type,
        Optional<String> prefix,
        Map<String, String> properties) {

    public Service {
        properties = Map.copyOf(properties);
    }

    /** Leaves the properties out: there are passwords among them. */
    @Override
    public String toString() {
        return name;
    }
}
