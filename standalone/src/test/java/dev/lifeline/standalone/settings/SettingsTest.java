package dev.lifeline.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.embedded.Ports;
import dev.lifeline.standalone.CannotStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Map<String, String> REAL = Map.of(
            "LIFELINE_GOOGLE_CLIENT_ID", "an-id",
            "LIFELINE_GOOGLE_CLIENT_SECRET", "a-secret",
            "LIFELINE_ISSUER", "https://issuer.example.org",
            "LIFELINE_ISSUER_CLIENT_ID", "another-id",
            "LIFELINE_ISSUER_CLIENT_SECRET", "another-secret");

    @Test
    void without_any_it_is_a_sandbox_on_loopback() {
        Settings settings = Settings.from(Map.of());

        assertThat(settings.mode()).isEqualTo(new Mode.Sandbox());
        assertThat(settings.publicUrl()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(settings.sandboxUrl()).isEqualTo(URI.create("http://127.0.0.1:9000"));
        assertThat(settings.kafkaPort()).isEqualTo(9092);
        assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.home()).isAbsolute().hasFileName(".lifeline");
    }

    @Test
    void all_ports_that_are_in_use_are_named_at_once_and_what_changes_each() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings settings = Settings.from(Map.of(
                    "LIFELINE_PORT", Integer.toString(one.getLocalPort()),
                    "LIFELINE_KAFKA_PORT", Integer.toString(Ports.free()),
                    "LIFELINE_PG_PORT", Integer.toString(Ports.free()),
                    "LIFELINE_SANDBOX_PORT", Integer.toString(other.getLocalPort())));

            assertThatThrownBy(settings::requireFreePorts)
                    .isInstanceOf(CannotStartException.class)
                    .hasMessage("port " + one.getLocalPort() + " is in use (LIFELINE_PORT), port "
                            + other.getLocalPort() + " is in use (LIFELINE_SANDBOX_PORT): stop the other program,"
                            + " or set a free port in the environment");
        }
    }

    /** A block that is for documents (RFC 5737): no machine has it. */
    @Test
    void an_address_of_another_machine_is_not_called_in_use() {
        Map<String, String> variables = new HashMap<>(REAL);
        variables.put("LIFELINE_ADDRESS", "192.0.2.1");

        assertThatThrownBy(Settings.from(variables)::requireFreePorts)
                .isInstanceOf(CannotStartException.class)
                .hasMessageStartingWith("LIFELINE_ADDRESS 192.0.2.1 can not be listened at: ")
                .hasMessageEndingWith("; it must be an address of this machine");
    }

    @Test
    void a_blank_one_is_as_good_as_absent() {
        assertThat(Settings.from(Map.of("LIFELINE_PORT", " ", "LIFELINE_HOME", "")))
                .isEqualTo(Settings.from(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"5s, 5000", "PT5S, 5000", "1m, 60000", "PT1M30S, 90000", "500ms, 500"})
    void durations_are_written_short_or_as_iso_8601(String written, long millis) {
        assertThat(Settings.from(Map.of("LIFELINE_POLL_INTERVAL", written)).pollInterval())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "0s", "-5s", "PT-5S", "1ms", "2d", "99999999999999999999s"})
    void a_duration_that_can_not_be_used_is_named(String written) {
        assertThatThrownBy(() -> Settings.from(Map.of("LIFELINE_POLL_INTERVAL", written)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageStartingWith(
                        "LIFELINE_POLL_INTERVAL is '" + written + "'; it must be a duration such as 5s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "0", "-1", "65536", "80 80", "8080.0"})
    void a_port_that_can_not_be_used_is_named(String written) {
        assertThatThrownBy(() -> Settings.from(Map.of("LIFELINE_KAFKA_PORT", written)))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("LIFELINE_KAFKA_PORT is '" + written + "'; it must be a port from 1 to 65535");
    }

    @Test
    void two_listeners_can_not_have_one_port() {
        assertThatThrownBy(() -> Settings.from(Map.of("LIFELINE_SANDBOX_PORT", "8080")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("LIFELINE_SANDBOX_PORT and LIFELINE_PORT are both 8080");
    }

    @Nested
    class with_a_real_client {

        @Test
        void it_is_for_people_with_accounts_and_polls_once_a_minute() {
            Settings settings = Settings.from(REAL);

            assertThat(settings.mode()).isInstanceOf(Mode.Real.class);
            assertThat(settings.pollInterval()).isEqualTo(Duration.ofMinutes(1));
            assertThat(settings.ports()).extracting(PortSetting::name).doesNotContain("LIFELINE_SANDBOX_PORT");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "LIFELINE_GOOGLE_CLIENT_ID",
                    "LIFELINE_GOOGLE_CLIENT_SECRET",
                    "LIFELINE_ISSUER",
                    "LIFELINE_ISSUER_CLIENT_ID",
                    "LIFELINE_ISSUER_CLIENT_SECRET"
                })
        void what_is_missing_is_named(String missing) {
            Map<String, String> variables = new HashMap<>(REAL);
            variables.remove(missing);

            assertThatThrownBy(() -> Settings.from(variables))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageStartingWith(missing + " is missing");
        }

        @Test
        void no_secret_is_printed() {
            assertThat(Settings.from(REAL).toString()).doesNotContain("a-secret", "another-secret");
        }
    }

    @Test
    void on_another_address_than_loopback_an_issuer_is_demanded() {
        assertThatThrownBy(() -> Settings.from(Map.of("LIFELINE_ADDRESS", "0.0.0.0")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("another address than loopback");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/, http://localhost:8080",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://[::1]:8080/, http://[::1]:8080",
        "https://lifeline.localhost, https://lifeline.localhost"
    })
    void a_public_url_on_loopback_stays_a_sandbox_and_loses_its_slash(String written, URI origin) {
        Settings settings = Settings.from(Map.of("LIFELINE_PUBLIC_URL", written));

        assertThat(settings.publicUrl()).isEqualTo(origin);
        assertThat(settings.mode()).isEqualTo(new Mode.Sandbox());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/lifeline",
                "http://localhost:8080//",
                "http://localhost:8080/?a=b",
                "http://localhost:8080#top",
                "http://someone@localhost:8080"
            })
    void a_public_url_that_is_no_origin_is_named(String written) {
        assertThatThrownBy(() -> Settings.from(Map.of("LIFELINE_PUBLIC_URL", written)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageStartingWith("LIFELINE_PUBLIC_URL is '" + written + "'; it must be an origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://lifeline.example.org", "http://192.0.2.7:8080", "http://localhost.example.org"})
    void there_are_no_demo_users_behind_a_public_host(String written) {
        assertThatThrownBy(() -> Settings.from(Map.of("LIFELINE_PUBLIC_URL", written)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("another host than loopback (LIFELINE_PUBLIC_URL)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void on_every_address_a_public_url_is_demanded(String address) {
        Map<String, String> variables = new HashMap<>(REAL);
        variables.put("LIFELINE_ADDRESS", address);

        assertThatThrownBy(() -> Settings.from(variables))
                .isInstanceOf(CannotStartException.class)
                .hasMessageStartingWith("LIFELINE_PUBLIC_URL is missing; with LIFELINE_ADDRESS " + address);

        variables.put("LIFELINE_PUBLIC_URL", "https://lifeline.example.org");
        assertThat(Settings.from(variables).publicUrl()).isEqualTo(URI.create("https://lifeline.example.org"));
    }
}
