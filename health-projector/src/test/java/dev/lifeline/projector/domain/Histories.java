package dev.lifeline.projector.domain;

import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.events.ConnectorEvent.ConnectorCommandRejected;
import dev.lifeline.events.ConnectorEvent.ConnectorConnected;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import dev.lifeline.events.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Histories for tests of the adapters. Offsets of different users do not meet. */
public final class Histories {

    private static final AtomicLong OFFSETS = new AtomicLong();
    private static final Codec CODEC = new Codec();

    private Histories() {}

    /** What a well-behaved poller would publish about a user; the same for the same seed. */
    public static List<Fact> ofUser(UUID user, int seed) {
        List<Fact> facts =
                SaneHistory.of(new Random(seed).ints(40, 0, 100_000).boxed().toList());
        return placed(
                facts.stream().map(fact -> moved(fact.event(), user)).toList(),
                facts.stream().map(Fact::time).toList());
    }

    private static ConnectorEvent moved(ConnectorEvent event, UUID user) {
        String json = new String(CODEC.encode(event), StandardCharsets.UTF_8);
        byte[] moved = json.replace(History.USER.toString(), user.toString()).getBytes(StandardCharsets.UTF_8);
        return (ConnectorEvent) CODEC.decode(Codec.typeOf(event), moved).orElseThrow();
    }

    /** One command, rejected several times. */
    public static List<Fact> rejections(UUID user, UUID command, String... reasons) {
        List<ConnectorEvent> events = new ArrayList<>();
        for (String reason : reasons) {
            events.add(new ConnectorCommandRejected(user, "gmail", command, reason));
        }
        return placed(events, List.of());
    }

    /** A connector that is connected, and whose grant then dies. */
    public static List<Fact> dying(UUID user, FailureClass failureClass, String code) {
        return placed(
                List.of(
                        new ConnectorConnected(
                                user, "gmail", "sandbox", user, 1, 1, 0, Duration.ZERO, "alice@example.org"),
                        new OAuthRefreshFailed(
                                user,
                                "gmail",
                                "sandbox",
                                user,
                                1,
                                2,
                                1,
                                Duration.ZERO,
                                failureClass,
                                code,
                                true,
                                "rule",
                                "1",
                                400,
                                code,
                                null,
                                null,
                                null,
                                null)),
                List.of());
    }

    private static List<Fact> placed(List<? extends ConnectorEvent> events, List<Instant> times) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Instant time = times.isEmpty() ? History.START.plusSeconds(i) : times.get(i);
            facts.add(new Fact(
                    events.get(i),
                    time,
                    new SourcePosition("lifeline.connector.events", 0, OFFSETS.getAndIncrement())));
        }
        return facts;
    }
}
