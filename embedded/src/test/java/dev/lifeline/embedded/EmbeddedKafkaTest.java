package dev.lifeline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

    @TempDir
    Path directory;

    @Test
    void keeps_topics_and_records_over_a_restart() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.in(directory.resolve("kafka"))
                .listener(Listener.plaintext("TEST", Ports.free()))
                .build();
        try (kafka) {
            kafka.start();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("kafka"))))
                    .isEqualTo("rwx------");
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                admin.createTopics(List.of(new NewTopic("t", 2, (short) 1)))
                        .all()
                        .get();
            }
            try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("t", 1, "k", "v")).get();
            }
            kafka.stop();
            assertThat(kafka.isRunning()).isFalse();

            kafka.start();
            try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
                TopicPartition partition = new TopicPartition("t", 1);
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                assertThat(consumer.poll(Duration.ofSeconds(10)).records(partition))
                        .extracting(record -> record.value())
                        .containsExactly("v");
            }
        }
    }

    @Test
    void says_what_is_wrong_when_its_port_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedKafka kafka = EmbeddedKafka.in(directory.resolve("kafka"))
                    .listener(Listener.plaintext("TEST", taken.getLocalPort()))
                    .build();

            assertThatThrownBy(kafka::start)
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
            assertThat(kafka.isRunning()).isFalse();
        }
    }

    @Test
    void says_what_is_wrong_when_its_directory_is_damaged() throws Exception {
        Path damaged = Files.createDirectory(directory.resolve("kafka"));
        Files.write(damaged.resolve("meta.properties"), "nonsense".getBytes(StandardCharsets.UTF_8));
        EmbeddedKafka kafka = EmbeddedKafka.in(damaged)
                .listener(Listener.plaintext("TEST", Ports.free()))
                .build();

        assertThatThrownBy(kafka::start)
                .isInstanceOf(EmbeddedStartException.class)
                .hasMessageContaining(damaged.toString());
    }
}
