package dev.lifeline.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.Message;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.projector.adapter.kafka.ActionFold;
import dev.lifeline.projector.adapter.kafka.AutonomyFold;
import dev.lifeline.projector.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.projector.adapter.kafka.FoldMetrics;
import dev.lifeline.projector.adapter.kafka.Versioned;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.runtime.Fold;
import dev.lifeline.runtime.Received;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What each version of a fold makes of the same events. A fold that comes to other rows is another version: raise it in {@link
 * Versioned}, and add a file for it; those of earlier versions stay as they are.
 */
@ExtendWith(Backends.class)
class FixedCorpusTest {

    private static final Codec CODEC = new Codec();
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Database owner = ReadModelSchema.in(Backends.postgres().freshDatabase());
    private final List<String> others = new ArrayList<>();

    @Test
    void comes_to_the_same_rows_as_ever() throws Exception {
        ConnectorHealthFold connectors = new ConnectorHealthFold(
                new ConnectorFold(Duration.ofSeconds(10)), new FoldMetrics(new SimpleMeterRegistry()));
        pinned(Versioned.today(connectors), ConnectorEvent.class, "connector_health", "timeline", "command");
        pinned(
                Versioned.today(new AutonomyFold()),
                AutonomyEvent.class,
                "autonomy_state",
                "operator_pause",
                "policy",
                "unreadable_command",
                "timeline",
                "command");
        pinned(Versioned.today(new ActionFold()), ActionEvent.class, "decision", "approval", "timeline", "command");
        assertThat(others).isEmpty();
    }

    private <M extends Message> void pinned(Fold<M> fold, Class<M> family, String... tables) throws Exception {
        owner.execute("TRUNCATE users CASCADE", "TRUNCATE operator_pause, unreadable_command");
        try (Connection tx = owner.connect()) {
            tx.setAutoCommit(false);
            fold.fold(corpus(family, fold.topic().name()), tx);
            tx.commit();
        }
        int version = ((Versioned<M>) fold).version();
        String name = fold.name() + "." + version + ".txt";
        String rows = rows(tables);
        Path received = Files.createDirectories(Path.of("target", "corpus")).resolve(name);
        Files.writeString(received, rows);
        if (!rows.equals(resource(name))) {
            others.add("%s of version %d comes to other rows: raise the version, and keep %s"
                    .formatted(fold.name(), version, received));
        }
    }

    private String rows(String... tables) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            for (String table : tables) {
                rows.append(table).append('\n');
                try (ResultSet found = statement.executeQuery(
                        "SELECT line FROM (SELECT (to_jsonb(t) - 'updated_at')::text AS line FROM " + table
                                + " t) lines ORDER BY line COLLATE \"C\"")) {
                    while (found.next()) {
                        rows.append(found.getString(1)).append('\n');
                    }
                }
            }
        }
        return rows.toString();
    }

    /** Lines of type and JSON. */
    private static <M extends Message> List<Received<M>> corpus(Class<M> family, String topic) throws IOException {
        List<Received<M>> corpus = new ArrayList<>();
        for (String line : resource("events.txt").lines().toList()) {
            String[] parts = line.split(" ", 2);
            Message message = CODEC.decode(parts[0], parts[1].getBytes(UTF_8)).orElseThrow();
            if (family.isInstance(message)) {
                int offset = corpus.size();
                corpus.add(new Received<>(
                        new SourcePosition(topic, 0, offset), NOON.plusSeconds(offset), family.cast(message)));
            }
        }
        assertThat(corpus).isNotEmpty();
        return corpus;
    }

    private static String resource(String name) throws IOException {
        try (InputStream found = FixedCorpusTest.class.getResourceAsStream("/corpus/" + name)) {
            return new String(Objects.requireNonNull(found, name).readAllBytes(), UTF_8);
        }
    }
}
