package dev.lifeline.standalone.apart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.policy.PolicyProperties;
import dev.lifeline.poller.PollerProperties;
import dev.lifeline.projector.ProjectorProperties;
import dev.lifeline.query.QueryProperties;
import dev.lifeline.runtime.RuntimeSettings;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** docs/settings.md beside the records that settings are bound to, and the files that are shipped with the services. */
class SettingsPageTest {

    private static final List<Class<?>> SETTINGS = List.of(
            RuntimeSettings.class,
            ProjectorProperties.class,
            PolicyProperties.class,
            PollerProperties.class,
            QueryProperties.class);
    private static final List<String> SHIPPED =
            List.of("poller-service.yaml", "health-projector.yaml", "policy-service.yaml", "query-api.yaml");

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private final Map<String, String> onThePage = page();

    @Test
    void every_setting_is_on_the_page_and_no_other_is() {
        Set<String> bound = new TreeSet<>();
        SETTINGS.forEach(each -> bound.addAll(inRecords(each).keySet()));

        assertThat(onThePage.keySet()).containsExactlyInAnyOrderElementsOf(bound);
    }

    @Test
    void what_the_code_takes_when_nothing_is_said_the_page_says() {
        SETTINGS.forEach(each -> inRecords(each)
                .forEach((name, defaults) -> assertThat(quoted(onThePage.getOrDefault(name, "")))
                        .as(name)
                        .containsAll(defaults)));
    }

    @Test
    void what_is_shipped_the_page_says() throws IOException {
        for (String file : SHIPPED) {
            inFile(file)
                    .forEach((name, values) -> assertThat(quoted(onThePage.getOrDefault(name, "")))
                            .as(name + " in " + file)
                            .containsAll(values));
        }
    }

    /** The default of each setting, as its row has it, by name; what stands for a name of the operator's is a star. */
    private static Map<String, String> page() {
        Map<String, String> rows = new TreeMap<>();
        try (Stream<String> lines = Files.lines(Path.of("../docs/settings.md"))) {
            lines.filter(line -> line.startsWith("| `lifeline.")).forEach(line -> {
                String[] cells = line.split(" \\| ");
                String first = "";
                for (String name : quoted(cells[0])) {
                    first = name.startsWith(".") ? first.substring(0, first.lastIndexOf('.')) + name : name;
                    rows.merge(starred(first), cells[2], (one, other) -> one + other);
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    private static String starred(String name) {
        return name.replaceAll("\\b(NAME|ID)\\b", "*");
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    private static Map<String, List<String>> inRecords(Class<?> settings) {
        Map<String, List<String>> found = new TreeMap<>();
        collect(
                Objects.requireNonNull(settings.getAnnotation(ConfigurationProperties.class))
                        .value(),
                settings,
                found);
        return found;
    }

    private static void collect(String prefix, Class<?> settings, Map<String, List<String>> found) {
        for (RecordComponent component : settings.getRecordComponents()) {
            String name = prefix + "." + dashed(component.getName());
            Type type = component.getGenericType();
            if (component.getType() == Map.class) {
                name += ".*";
                type = ((ParameterizedType) type).getActualTypeArguments()[1];
            }
            if (type instanceof Class<?> nested && nested.isRecord()) {
                collect(name, nested, found);
            } else {
                found.put(name, defaults(settings, component.getName()));
            }
        }
    }

    /** Of the constructor's parameter: the annotation is for that. */
    private static List<String> defaults(Class<?> settings, String component) {
        return Stream.of(settings.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(component))
                .flatMap(parameter -> Stream.ofNullable(parameter.getAnnotation(DefaultValue.class)))
                .flatMap(annotation -> Stream.of(annotation.value()))
                .toList();
    }

    private static String dashed(String name) {
        return Pattern.compile("[A-Z]")
                .matcher(name)
                .replaceAll(letter -> "-" + letter.group().toLowerCase(Locale.ROOT));
    }

    private static Map<String, List<String>> inFile(String file) throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        for (PropertySource<?> source : new YamlPropertySourceLoader().load(file, new ClassPathResource(file))) {
            for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
                if (name.startsWith("lifeline.")) {
                    found.computeIfAbsent(
                                    name.replaceAll("\\[\\d+]$", "").replaceAll("(?<=^lifeline.connectors.)[^.]+", "*"),
                                    setting -> new ArrayList<>())
                            .add(String.valueOf(source.getProperty(name)).replaceAll("\\$\\{\\w+:(.*)}", "$1"));
                }
            }
        }
        return found;
    }
}
