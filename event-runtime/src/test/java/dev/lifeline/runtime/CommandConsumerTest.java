package dev.lifeline.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.CloudEvent;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import dev.lifeline.testing.Backends;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class CommandConsumerTest {

    private static final UUID USER = UUID.fromString("11111111-1111-4111-8111-111111111111");

    private final Scene scene = new Scene();
    private final List<Long> handled = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        scene.close();
    }

    /** The events stand for commands here: a handler does not ask what it is given. */
    private CommandHandler<ConnectorEvent> handler(Consumer<Long> carryOut) {
        return new CommandHandler<>() {
            @Override
            public String name() {
                return "handler-of-" + scene.events.name();
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
            public void handle(Received<ConnectorEvent> command) {
                long attempt = ((ConnectorPolled) command.message()).attempt();
                handled.add(attempt);
                carryOut.accept(attempt);
            }
        };
    }

    private void sendOneToThree() {
        for (long attempt = 1; attempt <= 3; attempt++) {
            scene.send(Scene.polled(USER, attempt));
        }
        scene.flush();
    }

    @Test
    void hands_over_in_order_what_was_asked_before_and_after_it_started() {
        sendOneToThree();
        scene.start(scene.runtime.feed(handler(attempt -> {})));
        Scene.eventually().until(() -> handled.size() == 3);

        scene.send(Scene.polled(USER, 4));

        Scene.eventually().untilAsserted(() -> assertThat(handled).containsExactly(1L, 2L, 3L, 4L));
    }

    @Test
    void what_passes_is_tried_again_while_the_partition_waits() {
        sendOneToThree();
        CommandConsumer<ConnectorEvent> consumer = scene.runtime.feed(handler(attempt -> {
            if (attempt == 2 && handled.size() < 5) {
                throw new TransientFailureException("the database is away", null);
            }
        }));
        scene.start(consumer);

        Scene.eventually().untilAsserted(() -> assertThat(handled).containsExactly(1L, 2L, 2L, 2L, 2L, 3L));
        assertThat(scene.read(Topics.deadLetters(scene.events))).isEmpty();
        Scene.eventually().until(() -> consumer.complaints().isEmpty());
    }

    @Test
    void what_can_never_succeed_goes_to_the_dead_letters_and_the_partition_goes_on() {
        scene.send(USER.toString(), "lifeline.connector-polled.v1", "?".getBytes(UTF_8), Scene.partition(USER), null);
        scene.send(USER.toString(), "lifeline.unheard-of.v1", "{}".getBytes(UTF_8), Scene.partition(USER), null);
        sendOneToThree();
        scene.start(scene.runtime.feed(handler(attempt -> {
            if (attempt == 2) {
                throw new IllegalArgumentException("no such connector");
            }
        })));

        Scene.eventually().untilAsserted(() -> assertThat(handled).containsExactly(1L, 2L, 3L));
        List<ConsumerRecord<byte[], byte[]>> letters = scene.read(Topics.deadLetters(scene.events));
        assertThat(letters)
                .extracting(letter -> CloudEvent.header(letter.headers(), DeadLetters.STAGE_HEADER))
                .containsExactly("decode", "handle");
    }

    @Test
    void a_successor_goes_on_where_it_stopped() {
        sendOneToThree();
        CommandConsumer<ConnectorEvent> first = scene.runtime.feed(handler(attempt -> {}));
        scene.start(first);
        Scene.eventually().until(() -> handled.size() == 3);
        first.stop();

        scene.send(Scene.polled(USER, 4));
        scene.start(scene.runtime.feed(handler(attempt -> {})));

        Scene.eventually().untilAsserted(() -> assertThat(handled).containsExactly(1L, 2L, 3L, 4L));
    }
}
