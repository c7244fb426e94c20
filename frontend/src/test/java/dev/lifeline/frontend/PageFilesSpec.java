package dev.lifeline.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page names its files itself, so that they load side by side; nothing is forgotten, and nothing is inline. */
class PageFilesSpec {

    private static final Path ROOT = Path.of("src", "main", "resources", "static");

    @Test
    void the_page_names_every_module_and_every_style() throws IOException {
        String page = Files.readString(ROOT.resolve("index.html"));
        assertThat(files(".css"))
                .allSatisfy(file -> assertThat(page).contains("<link rel=\"stylesheet\" href=\"" + file));
        assertThat(files(".js")).allSatisfy(file -> assertThat(page).contains("=\"" + file + "\""));
    }

    @Test
    void nothing_is_inline() throws IOException {
        assertThat(Files.readString(ROOT.resolve("index.html")))
                .doesNotContain("<style", "style=", "javascript:", "onload=");
        for (String file : files(".js")) {
            assertThat(Files.readString(ROOT.resolve(file.substring(1))))
                    .as(file)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function");
        }
    }

    private static List<String> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(file -> "/" + ROOT.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
