package dev.lifeline.poller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Message;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UserEvent.UserErased;
import dev.lifeline.poller.domain.classification.ProviderKind;
import dev.lifeline.poller.domain.classification.Published;
import dev.lifeline.poller.domain.classification.RuleTable;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.RuntimeSettings;
import dev.lifeline.testing.Backends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command, against a real broker. Others' events may lie on the topic too: the rules here are about errors of their own. */
class WhatIfClassifyTest {

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new WhatIfClassify(home, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(List.of(arguments));
    }

    private String file(String text) throws IOException {
        return Files.writeString(home.resolve("rules.md"), text).toString();
    }

    private void broker(String address) throws IOException {
        Files.writeString(
                home.resolve("kafka-admin.properties"),
                "bootstrap.servers=" + address + "\ndefault.api.timeout.ms=3000\nrequest.timeout.ms=1000\n");
    }

    @Nested
    class with_refusals_in_the_log {

        private final UUID user = UUID.randomUUID();
        private final String error = "unheard_of_" + speakable(user);

        /** A word of its own for each: what is no word is not kept. */
        private static String speakable(UUID id) {
            return id.toString()
                    .substring(0, 6)
                    .chars()
                    .mapToObj(digit -> "bcdfghklmnprstvz".charAt(Character.digit(digit, 16)) + "a")
                    .collect(Collectors.joining());
        }

        private void publish(int count, Message... more) throws IOException {
            String kafka = Backends.kafka().bootstrapServers();
            broker(kafka);
            Backends.kafka()
                    .createTopics(Stream.of(Topics.CONNECTOR_EVENTS, Topics.USER_EVENTS)
                            .map(topic -> topic.creation(2, (short) 1))
                            .toList());
            try (EventRuntime runtime = new EventRuntime(
                    "test",
                    KafkaClients.of(kafka),
                    RuntimeSettings.defaults(),
                    new SimpleMeterRegistry(),
                    ObservationRegistry.NOOP,
                    Clock.systemUTC())) {
                for (int i = 0; i < count; i++) {
                    runtime.publisher()
                            .publish(Published.refusal(
                                    user,
                                    "google",
                                    Published.verdict(ProviderKind.GOOGLE, 400, "{\"error\":\"" + error + "\"}")));
                }
                List.of(more).forEach(runtime.publisher()::publish);
            }
        }

        private String changed() throws IOException {
            return file(
                    "| mine | any | error | " + error + " | ADMIN | asked_for | |\n" + RuleTable.tokenEndpointFile());
        }

        @Test
        void tells_people_what_would_change() throws IOException {
            publish(2);
            assertThat(run("--rules", changed())).as(err.toString(UTF_8)).isZero();
            assertThat(out.toString(UTF_8))
                    .contains("     2  TRANSIENT " + error + " -> ADMIN asked_for, by rule mine")
                    .contains("lifeline.connector.events-", user.toString());
            assertThat(err.toString(UTF_8)).contains("reading lifeline.connector.events: ");
        }

        @Test
        void leaves_out_who_was_erased() throws IOException {
            publish(1, new UserErased(user, Instant.EPOCH));
            assertThat(run("--rules", changed())).as(err.toString(UTF_8)).isZero();
            assertThat(out.toString(UTF_8)).doesNotContain(error, user.toString());
        }

        @Test
        void tells_programs_too() throws IOException {
            publish(1);
            assertThat(run("--json", "--rules", changed()))
                    .as(err.toString(UTF_8))
                    .isZero();
            JsonNode outcome = new JsonMapper().readTree(out.toString(UTF_8));
            assertThat(outcome.required("rulesInForce").asString()).isEqualTo(RuleTable.TOKEN_ENDPOINT.version());
            JsonNode change = outcome.required("changes")
                    .valueStream()
                    .filter(each -> each.required("rule").asString().equals("mine"))
                    .findFirst()
                    .orElseThrow();
            assertThat(change.required("count").asLong()).isEqualTo(1);
            assertThat(change.at("/examples/0/at/topic").asString()).isEqualTo("lifeline.connector.events");
            assertThat(change.at("/examples/0/time").asString()).endsWith("Z");
        }

        @Test
        void changes_none_of_them_by_the_rules_in_force() throws IOException {
            publish(1);
            assertThat(run("--print-rules")).isZero();
            String printed = out.toString(UTF_8);
            out.reset();
            assertThat(run("--rules", file(printed))).isZero();
            assertThat(out.toString(UTF_8)).contains("the rules in force").doesNotContain(error);
        }
    }

    @Nested
    class wrong_usage {

        @ParameterizedTest
        @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                ``                            ~ --rules is missing; give the file
                --json                        ~ --rules is missing; give the file
                --rules                       ~ --rules needs one file; give it once
                --rules a --rules b           ~ --rules needs one file; give it once
                --rules a --faster            ~ there is no argument '--faster'
                --rules /no/such/file         ~ there is no /no/such/file; make one with --print-rules
                --rules /                     ~ can not be read
                """)
        void is_answered_with_the_remedy(String arguments, String message) {
            assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                    .isEqualTo(2);
            assertThat(err.toString(UTF_8)).contains(message);
            assertThat(out.size()).isZero();
        }

        @Test
        void is_a_rule_that_can_not_be_meant() throws IOException {
            String file = file(RuleTable.tokenEndpointFile().replace("| no-answer | any |", "| no-answer | acme |"));
            assertThat(run("--rules", file)).isEqualTo(2);
            assertThat(err.toString(UTF_8))
                    .contains(file + ", line ", "provider 'acme' is not known; it may be one of any, google");
        }

        @Test
        void is_a_file_that_is_no_text() throws IOException {
            Path file = Files.write(home.resolve("rules.md"), new byte[] {'|', (byte) 0xC3, (byte) 0x28});
            assertThat(run("--rules", file.toString())).isEqualTo(2);
            assertThat(err.toString(UTF_8)).contains("is not UTF-8; save it as that");
        }
    }

    @Nested
    class without_kafka {

        @Test
        void says_where_to_look_when_nothing_ever_ran_there() throws IOException {
            assertThat(run("--rules", file(RuleTable.tokenEndpointFile()))).isEqualTo(3);
            assertThat(err.toString(UTF_8)).contains("kafka-admin.properties; start Lifeline with ./lifeline up");
        }

        @Test
        void says_so_when_it_does_not_answer() throws IOException {
            broker("127.0.0.1:1");
            assertThat(run("--rules", file(RuleTable.tokenEndpointFile()))).isEqualTo(3);
            assertThat(err.toString(UTF_8)).contains("Kafka can not be read at 127.0.0.1:1: ");
        }
    }

    @Test
    void help_is_no_failure() {
        assertThat(run("--help")).isZero();
        assertThat(err.toString(UTF_8)).startsWith("usage: lifeline whatif classify --rules FILE");
    }
}
