package dev.lifeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

class TopicDefinitionsTest {

    private static final Map<String, String> IN_A_CLUSTER =
            Map.of("min.insync.replicas", "2", "unclean.leader.election.enable", "false");

    private final List<JsonNode> definitions = definitions();

    @Test
    void there_is_one_for_each_topic() {
        assertThat(definitions.stream().map(each -> each.at("/metadata/name").stringValue()))
                .containsExactlyElementsOf(
                        Topics.all().stream().map(Topic::name).toList());
    }

    @Test
    void each_is_configured_as_the_code_has_it_and_as_durably_as_a_cluster_can() {
        for (Topic topic : Topics.all()) {
            JsonNode spec = definitions.stream()
                    .filter(each -> each.at("/metadata/name").stringValue().equals(topic.name()))
                    .findFirst()
                    .orElseThrow()
                    .required("spec");
            Map<String, String> expected = new TreeMap<>(topic.configuration());
            expected.putAll(IN_A_CLUSTER);
            Map<String, String> configured = new TreeMap<>();
            spec.required("config")
                    .properties()
                    .forEach(each ->
                            configured.put(each.getKey(), each.getValue().asString()));
            assertThat(configured).as(topic.name()).isEqualTo(expected);
            assertThat(spec.required("replicas").intValue()).isEqualTo(3);
            assertThat(spec.required("partitions").intValue()).isEqualTo(Topics.DEFAULT_PARTITIONS);
        }
    }

    private static List<JsonNode> definitions() {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(Path.of("kafka/topics.yaml"))) {
            return documents.readAll();
        }
    }
}
