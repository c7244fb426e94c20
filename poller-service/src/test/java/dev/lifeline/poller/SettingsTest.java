package dev.lifeline.poller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.poller.adapter.postgres.Database;
import dev.lifeline.poller.adapter.ticket.SignedTickets;
import dev.lifeline.poller.adapter.tink.Keysets;
import dev.lifeline.poller.application.Catalogue;
import dev.lifeline.poller.application.Vault;
import dev.lifeline.poller.application.polling.Pacing;
import dev.lifeline.poller.scene.TicketOffice;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.RuntimeAutoConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The settings as they are shipped, and what a wrong one says. */
class SettingsTest {

    private static final UUID SOMEONE = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final byte[] SECRET = {1, 2, 3};

    @TempDir
    Path directory;

    @Test
    void are_good_as_they_are_shipped() {
        application("keyset.json").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(KafkaClients.class).longestPublish())
                    .isLessThan(context.getBean(Pacing.class).publishReserve());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "lifeline.public-url, lifeline.public-url is missing: give the address that people use",
        "lifeline.ticket-key, lifeline.ticket-key is missing: give query-api and poller-service the same 32 random bytes",
        "lifeline.providers., lifeline.providers is missing: name where it can be connected",
        "lifeline.poller.keyset-file, neither lifeline.poller.keyset nor lifeline.poller.keyset-file is given"
    })
    void of_whom_it_trusts_nothing_is_taken_for_granted(String missing, String message) {
        application(given("keyset.json").filter(setting -> !setting.startsWith(missing)))
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        spring.kafka.producer.properties.delivery.timeout.ms=7000 | lifeline.poller.publish-reserve is PT10S, but publishing may take PT11S
        spring.kafka.producer.properties.max.block.ms=60000       | max.block.ms twice and delivery.timeout.ms of spring.kafka.producer.properties
        lifeline.poller.publish-reserve=9s                        | make these shorter, or the reserve longer
        spring.kafka.producer.properties.request.timeout.ms=6000  | delivery.timeout.ms is 5000
        spring.kafka.producer.properties.max.block.ms=soon        | max.block.ms
        lifeline.poller.lease=26s                                 | lifeline.poller.lease is PT26S, which leaves no time for lifeline.poller.call-timeout twice, PT8S
        lifeline.poller.call-timeout=0s                           | lifeline.poller.call-timeout must be longer than nothing
        lifeline.poller.refresh-margin=-1s                        | lifeline.poller.refresh-margin must not be negative
        lifeline.poll-interval=0s                                 | lifeline.poll-interval must be longer than nothing
        lifeline.poller.concurrency=0                             | lifeline.poller.concurrency must be at least 1
        lifeline.ticket-key=%%%                                   | lifeline.ticket-key is not base64
        lifeline.ticket-key=c2hvcnQ=                              | lifeline.ticket-key has 5 bytes
        lifeline.poller.keyset={}                                 | lifeline.poller.keyset holds no keyset
        """)
    void stop_the_start_when_they_are_wrong_naming_what_is(String setting, String message) {
        application("keyset.json")
                .withPropertyValues(setting)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining(message));
    }

    @Test
    void a_keyset_that_can_not_be_kept_stops_the_start() throws Exception {
        Files.writeString(directory.resolve("file"), "");
        application("file/keyset.json")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("lifeline.poller.keyset-file can not be read or made")
                        .hasStackTraceContaining("file"));
        application("file")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("lifeline.poller.keyset-file")
                        .hasStackTraceContaining("Restore it from its backup"));
        application("")
                .withPropertyValues("lifeline.poller.keyset-file=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(
                                "neither lifeline.poller.keyset nor lifeline.poller.keyset-file is given"));
    }

    @Test
    void a_keyset_may_be_given_itself_and_no_file_is_made() throws Exception {
        Path elsewhere = directory.resolve("elsewhere.json");
        Keysets.in(elsewhere);
        application("keyset.json")
                .withPropertyValues("lifeline.poller.keyset=" + Files.readString(elsewhere))
                .run(context -> {
                    byte[] sealed = context.getBean(Vault.class).seal(SECRET, SOMEONE, "google");
                    application("elsewhere.json")
                            .run(other -> assertThat(other.getBean(Vault.class).open(sealed, SOMEONE, "google"))
                                    .isEqualTo(SECRET));
                });
        assertThat(directory.resolve("keyset.json")).doesNotExist();
    }

    private ApplicationContextRunner application(String keysetFile) {
        return application(given(keysetFile));
    }

    private static ApplicationContextRunner application(Stream<String> given) {
        return new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, RuntimeAutoConfiguration.class))
                .withUserConfiguration(Checked.class)
                .withPropertyValues("spring.config.name=" + PollerApplication.CONFIGURATION)
                .withPropertyValues(given.toArray(String[]::new));
    }

    /** What must be given. */
    private Stream<String> given(String keysetFile) {
        return Stream.of(
                "lifeline.public-url=https://lifeline.example.org",
                "lifeline.ticket-key=" + TicketOffice.ENCODED_KEY,
                "lifeline.poller.keyset-file=" + directory.resolve(keysetFile),
                "lifeline.providers.google.kind=google",
                "lifeline.providers.google.client-id=an-id",
                "lifeline.providers.google.client-secret=a-secret");
    }

    /** What of the service reads settings, and needs neither a broker nor a database for that. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(PollerProperties.class)
    static class Checked {

        private final PollerConfiguration service = new PollerConfiguration();

        @Bean
        Pacing pacing(PollerProperties properties, KafkaClients kafka) {
            return service.pacing(properties, kafka);
        }

        @Bean
        Vault vault(PollerProperties properties, ObjectProvider<Database> none) {
            return service.vault(properties, none);
        }

        @Bean
        Catalogue catalogue(PollerProperties properties) {
            return service.catalogue(properties, Clock.systemUTC());
        }

        @Bean
        SignedTickets tickets(PollerProperties properties) {
            return new SignedTickets(properties.ticketKeyBytes(), Clock.systemUTC());
        }
    }
}
