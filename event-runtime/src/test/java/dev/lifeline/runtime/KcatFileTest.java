package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KcatFileTest {

    @TempDir
    Path directory;

    private Map<String, Object> read(String... lines) throws IOException {
        Path file = directory.resolve("kafka-admin.properties");
        Files.write(file, List.of(lines));
        return KcatFile.read(file);
    }

    @Test
    void is_what_the_java_clients_call_it() throws IOException {
        assertThat(read(
                        "# The operator's access to Kafka: kcat -F FILE -L",
                        "bootstrap.servers=127.0.0.1:9093",
                        "security.protocol=sasl_ssl",
                        "sasl.mechanism=PLAIN",
                        "sasl.username=operator",
                        "sasl.password=a=b\"c\\d",
                        "ssl.ca.location=/etc/ca.pem",
                        "client.id=me"))
                .containsOnly(
                        entry("bootstrap.servers", "127.0.0.1:9093"),
                        entry("security.protocol", "SASL_SSL"),
                        entry("sasl.mechanism", "PLAIN"),
                        entry(
                                "sasl.jaas.config",
                                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                        + " username=\"operator\" password=\"a=b\\\"c\\\\d\";"),
                        entry("ssl.truststore.type", "PEM"),
                        entry("ssl.truststore.location", "/etc/ca.pem"),
                        entry("client.id", "me"));
    }

    @Test
    void may_use_the_older_names_and_other_mechanisms() throws IOException {
        assertThat(read("metadata.broker.list = a:1,b:2", "sasl.mechanisms = SCRAM-SHA-512", "sasl.username = me"))
                .contains(entry("bootstrap.servers", "a:1,b:2"), entry("sasl.mechanism", "SCRAM-SHA-512"))
                .hasEntrySatisfying(
                        "sasl.jaas.config",
                        login -> assertThat(login.toString()).contains("ScramLoginModule"));
    }
}
