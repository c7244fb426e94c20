package dev.lifeline.standalone.apart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What docs/deploy.md tells, as far as a program can do it. */
final class DeployPage {

    private static final Pattern SERVICE =
            Pattern.compile("^\\| `(?<name>[a-z-]+)` \\| `(?<main>[A-Za-z.]+)` \\| \\d+ \\|", Pattern.MULTILINE);

    private final String text;

    DeployPage() {
        try {
            text = Files.readString(Path.of("../docs/deploy.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A service, and the class to start. */
    record Service(String name, String main) {

        /** Its jars, as the build leaves them. */
        String classPath() {
            return Path.of("..", name, "target/service").toAbsolutePath().normalize() + "/*";
        }
    }

    List<Service> services() {
        return SERVICE.matcher(text)
                .results()
                .map(row -> new Service(row.group("name"), row.group("main")))
                .toList();
    }

    /** What makes roles and schemas. */
    String sql() {
        return block("sql", "");
    }

    /** The environment that is for all, and that service's own. */
    Map<String, String> environment(Service service) {
        Map<String, String> variables = new HashMap<>();
        for (String title : List.of("all", service.name())) {
            block("properties", "# " + title + "\n")
                    .lines()
                    .map(line -> line.split("=", 2))
                    .forEach(line -> variables.put(line[0], line[1]));
        }
        return variables;
    }

    private String block(String language, String title) {
        String begin = "```" + language + "\n" + title;
        int from = text.indexOf(begin);
        if (from < 0) {
            throw new IllegalStateException("docs/deploy.md has no block that begins with " + begin);
        }
        return text.substring(from + begin.length(), text.indexOf("```", from + begin.length()));
    }
}
