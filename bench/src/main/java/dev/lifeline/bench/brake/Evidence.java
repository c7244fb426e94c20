package dev.lifeline.bench.brake;

import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What was published, looked at afterwards: each admission and pause has its place in the order in which they committed. */
final class Evidence {

    private final Map<String, Object> kafka;
    private final Codec codec = new Codec();
    private final TreeMap<Long, Message> inOrder = new TreeMap<>();

    Evidence(Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /** What was admitted from the first pause on, and what of that between a pause that concerned it and its resume. */
    record Count(int admitted, int whilePaused, int pauses) {}

    Count count() {
        read(Topics.ACTION_EVENTS);
        read(Topics.AUTONOMY_EVENTS);
        Map<Object, Boolean> paused = new HashMap<>();
        int admitted = 0;
        int whilePaused = 0;
        int pauses = 0;
        for (Message message : inOrder.values()) {
            switch (message) {
                case AutonomyPaused pause -> {
                    paused.put(pause.userId(), true);
                    pauses++;
                }
                case AutonomyResumed resume -> paused.put(resume.userId(), false);
                case ActionAdmitted admission -> {
                    admitted += pauses > 0 ? 1 : 0;
                    if (paused.getOrDefault(admission.userId(), false) || paused.getOrDefault(Operator.ID, false)) {
                        whilePaused++;
                    }
                }
                default -> {}
            }
        }
        return new Count(admitted, whilePaused, pauses);
    }

    private void read(Topic topic) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::keep);
            }
        }
    }

    private void keep(ConsumerRecord<byte[], byte[]> record) {
        String type = Objects.toString(CloudEvent.header(record.headers(), CloudEvent.TYPE_HEADER));
        codec.decode(type, record.value()).ifPresent(message -> {
            switch (message) {
                case AutonomyPaused pause -> inOrder.put(pause.sequence(), pause);
                case AutonomyResumed resume -> inOrder.put(resume.sequence(), resume);
                case ActionAdmitted admission -> inOrder.put(admission.sequence(), admission);
                default -> {}
            }
        });
    }
}
