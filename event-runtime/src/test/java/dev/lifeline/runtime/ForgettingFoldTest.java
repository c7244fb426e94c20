package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.events.Topic;
import dev.lifeline.testing.Backends;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a fold hears of that is no message: ends of keys, and what goes to the dead letters. */
@ExtendWith(Backends.class)
class ForgettingFoldTest {

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    /** Notes in a table of its own what it hears. */
    private final class Listening implements Fold<ConnectorEvent> {

        @Override
        public String name() {
            return "listening-to-" + scene.events.name();
        }

        @Override
        public Topic topic() {
            return scene.events;
        }

        @Override
        public Class<ConnectorEvent> family() {
            return ConnectorEvent.class;
        }

        @Override
        public boolean forgets() {
            return true;
        }

        @Override
        public void forget(List<String> keys, Connection tx) throws SQLException {
            for (String key : keys) {
                note("forget " + key, tx);
            }
        }

        @Override
        public List<Outgoing> fold(List<Received<ConnectorEvent>> batch, Connection tx) throws SQLException {
            for (Received<ConnectorEvent> received : batch) {
                note("fold " + received.message().key(), tx);
            }
            return List.of();
        }

        @Override
        public List<Outgoing> buried(SourcePosition at, @Nullable String key, String reason, Connection tx)
                throws SQLException {
            note("buried " + key + " because of " + reason, tx);
            return List.of();
        }

        private void note(String text, Connection tx) throws SQLException {
            try (PreparedStatement insert = tx.prepareStatement("INSERT INTO heard (text) VALUES (?)")) {
                insert.setString(1, text);
                insert.executeUpdate();
            }
        }
    }

    private String heard() {
        return String.valueOf(scene.database.value("SELECT string_agg(text, '; ' ORDER BY n) FROM heard"));
    }

    private void listen() {
        scene.database.execute("CREATE TABLE heard (n bigint GENERATED ALWAYS AS IDENTITY, text text)");
        scene.flush();
        scene.start(new Listening(), scene.pool);
    }

    private void end(UUID user) {
        scene.send(user.toString(), null, null, Scene.partition(user), null);
    }

    @Test
    void a_key_that_ends_is_forgotten_and_what_it_brought_before_in_the_batch_is_not_folded() {
        UUID ended = new UUID(0, 1);
        scene.send(Scene.polled(ended, 1));
        end(ended);
        listen();
        Scene.eventually().untilAsserted(() -> assertThat(heard()).isEqualTo("forget " + ended));
    }

    @Test
    void a_key_that_comes_back_is_folded() {
        UUID back = new UUID(0, 2);
        end(back);
        scene.send(Scene.polled(back, 2));
        listen();
        Scene.eventually().untilAsserted(() -> assertThat(heard()).isEqualTo("fold " + back));
    }

    @Test
    void what_can_not_be_read_is_heard_of_in_the_transaction_that_passes_it_by() {
        UUID user = new UUID(0, 3);
        scene.send(user.toString(), "lifeline.connector-polled.v1", "{".getBytes(UTF_8), Scene.partition(user), null);
        listen();
        Scene.eventually()
                .untilAsserted(() -> assertThat(heard())
                        .startsWith("buried " + user + " because of no lifeline.connector-polled.v1"));
        assertThat(scene.number("SELECT sum(next_offset) FROM projection_offset"))
                .isEqualTo(1);
    }
}
