package dev.lifeline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes figures down: {@code results/NAME.json}, and the table in {@code README.md} made of all of them. */
public final class Report {

    private static final String BEGIN = "<!-- begin: figures, written by ./lifeline bench -->";
    private static final String END = "<!-- end: figures -->";

    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final Path module;

    Report(Path module) {
        this.module = module;
    }

    /**
     * The figures of a benchmark.
     *
     * @param title one sentence: what was done
     * @param machine where and when, by name
     * @param versions of what took part, by name
     * @param lines a line for each contestant and work
     */
    public record Section(String title, Map<String, String> machine, Map<String, String> versions, List<Line> lines) {}

    /**
     * A figure.
     *
     * @param work what was done
     * @param who who did it
     * @param figure how fast, with its unit
     * @param values what was measured, each repetition
     * @param ratio the first contestant's figure divided by this one, and what it is to reach; empty for the first
     */
    public record Line(String work, String who, String figure, List<Double> values, String ratio) {}

    void write(String name, Section section) throws IOException {
        Path results = Files.createDirectories(module.resolve("results"));
        Files.writeString(results.resolve(name + ".json"), json.writeValueAsString(section) + "\n");
        Path readme = module.resolve("README.md");
        String text = Files.exists(readme) ? Files.readString(readme) : BEGIN + "\n" + END + "\n";
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        Files.writeString(readme, text.substring(0, begin) + "\n\n" + tables(results) + text.substring(end));
        System.out.println(table(section));
    }

    private String tables(Path results) throws IOException {
        StringBuilder tables = new StringBuilder();
        try (Stream<Path> files = Files.list(results)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replace(".json", "");
                Section section = json.readValue(Files.readString(file), Section.class);
                tables.append("### ")
                        .append(name)
                        .append("\n\n")
                        .append(table(section))
                        .append('\n');
            }
        }
        return tables.toString();
    }

    private static String table(Section section) {
        List<String> text = new ArrayList<>();
        text.add(section.title() + "\n");
        text.add("| work | who | figure | Lifeline / this |");
        text.add("|---|---|---|---|");
        section.lines()
                .forEach(line -> text.add(
                        "| %s | %s | %s | %s |".formatted(line.work(), line.who(), line.figure(), line.ratio())));
        Map<String, String> facts = new LinkedHashMap<>(section.machine());
        facts.putAll(section.versions());
        text.add("");
        text.add(String.join(
                " · ",
                facts.entrySet().stream()
                        .map(fact -> fact.getKey() + ": " + fact.getValue())
                        .toList()));
        return String.join("\n", text) + "\n";
    }
}
