package dev.lifeline.testing;

import dev.lifeline.embedded.EmbeddedKafka;
import dev.lifeline.embedded.Listener;
import dev.lifeline.embedded.Ports;

/** A broker in this process. */
final class EmbeddedKafkaBackend implements KafkaBackend {

    private final EmbeddedKafka kafka;

    private EmbeddedKafkaBackend(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    static KafkaBackend started() {
        Slot slot = Slot.take("kafka");
        slot.clear();
        EmbeddedKafka kafka = EmbeddedKafka.in(slot.directory().resolve("data"))
                .listener(Listener.plaintext("TEST", Ports.free()))
                // Other work on a busy machine must not make the broker miss its own heartbeats.
                .setting("broker.session.timeout.ms", "18000")
                .build();
        kafka.start();
        slot.atExit(kafka::stop);
        return new EmbeddedKafkaBackend(kafka);
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public synchronized void stop() {
        kafka.stop();
    }

    @Override
    public synchronized void start() {
        kafka.start();
    }
}
