package dev.lifeline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CodecTest {
    private final Codec codec = new Codec();

    @Test
    void durations_travel_in_iso_8601() {
        var event = new ConnectorEvent.ConnectorPolled(
                UUID.randomUUID(), "gmail", "sandbox", UUID.randomUUID(), 1, 2, 0, Duration.ofSeconds(5), 3);
        var json = new String(codec.encode(event), StandardCharsets.UTF_8);
        assertThat(json).contains("\"nextPollIn\":\"PT5S\"");
        assertThat(codec.decode("lifeline.connector-polled.v1", codec.encode(event)))
                .contains(event);
    }

    @Test
    void a_missing_field_is_unreadable() {
        assertThatThrownBy(() -> codec.decode("lifeline.grant-revoked.v1", "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableMessageException.class);
    }

    @Property
    void no_bytes_crash_it(@ForAll byte[] bytes) {
        try {
            codec.decode("lifeline.grant-revoked.v1", bytes);
        } catch (UnreadableMessageException expected) {
            assertThat(expected).hasMessageStartingWith("no ");
        }
    }
}
