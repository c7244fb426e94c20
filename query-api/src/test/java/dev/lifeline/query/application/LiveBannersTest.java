package dev.lifeline.query.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.Condition;
import dev.lifeline.query.domain.Banner;
import dev.lifeline.query.domain.Banners;
import dev.lifeline.query.domain.ConnectorHealth;
import dev.lifeline.query.domain.Pauses;
import dev.lifeline.query.domain.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class LiveBannersTest {

    private static final UUID ALICE = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID BOB = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final String SESSION = "session";
    private static final String DEAD = "needs_reauth:" + Rows.GRANT;

    private final VirtualTimeScheduler loop = VirtualTimeScheduler.create();
    private final Sinks.Many<Signal> signals = Sinks.many().multicast().directBestEffort();
    private final FakeReadModel readModel = new FakeReadModel();
    private final FakeSessions sessions = new FakeSessions();
    private final LiveBanners live = new LiveBanners(
            signals::asFlux,
            readModel,
            sessions,
            Banners.polledEvery(Duration.ofSeconds(5), Rows.CATALOGUE),
            new VirtualClock(loop),
            loop);

    @BeforeEach
    void start() {
        live.start();
        say(new Signal.Watching());
        beat();
    }

    @AfterEach
    void stop() {
        loop.dispose();
    }

    private void say(Signal signal) {
        signals.tryEmitNext(signal).orThrow();
        loop.advanceTimeBy(Duration.ZERO);
    }

    private void beat() {
        Map<Integer, Instant> caughtUp = new HashMap<>();
        IntStream.range(0, 4).forEach(partition -> caughtUp.put(partition, now()));
        say(new Signal.Beat(caughtUp, 4, now()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(loop.now(TimeUnit.MILLISECONDS));
    }

    private void seconds(int count) {
        for (int second = 0; second < count; second++) {
            loop.advanceTimeBy(Duration.ofSeconds(1));
            beat();
        }
    }

    private void row(UUID user, Condition condition) {
        readModel.rows.put(user, List.of(Rows.row("gmail", Rows.GRANT, condition, now(), null)));
    }

    private Reader open(UUID user) {
        return open(new Viewer(user, null, Instant.MAX), Long.MAX_VALUE);
    }

    private Reader open(Viewer viewer, long demand) {
        Reader reader = new Reader(demand);
        live.of(viewer).subscribe(reader);
        loop.advanceTimeBy(Duration.ZERO);
        return reader;
    }

    @Test
    void says_what_is_known_on_connect_and_then_only_what_changes() {
        row(ALICE, Condition.OK);
        Reader alice = open(ALICE);
        say(new Signal.Changed(Set.of(ALICE)));
        row(ALICE, Condition.NEEDS_REAUTH);
        say(new Signal.Changed(Set.of(ALICE)));
        seconds(5);

        assertThat(alice.shown()).containsExactly(List.of(), List.of(DEAD));
    }

    @Test
    void counts_users_and_not_their_pages() {
        Reader alice = open(ALICE);
        Reader alsoAlice = open(ALICE);
        open(BOB);
        assertThat(live.users()).isEqualTo(2);
        alice.cancel();
        alsoAlice.cancel();
        loop.advanceTimeBy(Duration.ZERO);
        assertThat(live.users()).isEqualTo(1);
    }

    @Nested
    class a_change_that_the_banners_do_not_show {

        private long changes(Reader reader) {
            return reader.items.stream()
                    .filter(LiveItem.Changed.class::isInstance)
                    .count();
        }

        private void polled() {
            loop.advanceTimeBy(Duration.ofMillis(1)); // so that the row's times differ
            row(ALICE, Condition.OK);
            signals.tryEmitNext(new Signal.Changed(Set.of(ALICE))).orThrow();
        }

        private void somethingElse() {
            signals.tryEmitNext(new Signal.Changed(Set.of(ALICE))).orThrow();
        }

        @Test
        void is_told_but_for_a_poll_that_found_all_well() {
            row(ALICE, Condition.OK);
            Reader alice = open(ALICE);
            polled();
            loop.advanceTimeBy(Duration.ZERO);
            assertThat(changes(alice)).isZero();

            somethingElse();
            loop.advanceTimeBy(Duration.ZERO);
            assertThat(changes(alice)).isOne();
        }

        @Test
        void is_told_where_it_is_read_together_with_a_poll() {
            row(ALICE, Condition.OK);
            Reader alice = open(ALICE);
            readModel.answering = false;
            open(BOB);
            polled();
            somethingElse();
            loop.advanceTimeBy(Duration.ZERO);
            readModel.answering = true;
            readModel.answer.tryEmitEmpty().orThrow();
            loop.advanceTimeBy(Duration.ZERO);

            assertThat(changes(alice)).isOne();
        }

        @Test
        void is_told_where_it_came_to_all_together_with_a_poll() {
            row(ALICE, Condition.OK);
            Reader alice = open(ALICE);
            readModel.answering = false;
            open(BOB);
            polled();
            signals.tryEmitNext(new Signal.AllChanged()).orThrow();
            loop.advanceTimeBy(Duration.ZERO);
            readModel.answering = true;
            readModel.answer.tryEmitEmpty().orThrow();
            loop.advanceTimeBy(Duration.ZERO);

            assertThat(changes(alice)).isOne();
        }

        @Test
        void is_told_where_it_came_with_a_poll_while_nothing_was_told() {
            row(ALICE, Condition.OK);
            Reader alice = open(ALICE);
            say(new Signal.Lost());
            loop.advanceTimeBy(Duration.ofMillis(1));
            row(ALICE, Condition.OK);
            say(new Signal.Watching());

            assertThat(changes(alice)).isOne();
        }
    }

    @Test
    void reads_a_user_once_however_many_look_on() {
        open(ALICE);
        open(ALICE);
        open(ALICE);

        assertThat(readModel.reads).containsExactly(Set.of(ALICE));
    }

    @Test
    void reads_nobody_who_is_not_looked_at() {
        Reader alice = open(ALICE);
        alice.cancel();
        loop.advanceTimeBy(Duration.ZERO);
        say(new Signal.Changed(Set.of(ALICE, BOB)));
        say(new Signal.AllChanged());

        assertThat(readModel.reads).hasSize(1);
    }

    @Test
    void reads_many_in_one_go() {
        readModel.answering = false;
        open(ALICE);
        open(BOB);
        open(new UUID(0, 1));
        readModel.answering = true;
        readModel.answer.tryEmitEmpty();
        loop.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(readModel.reads.getLast()).contains(BOB, new UUID(0, 1));
    }

    @Nested
    class when_nothing_is_told_any_more {

        @Test
        void all_is_read_again_once_it_is() {
            row(ALICE, Condition.OK);
            Reader alice = open(ALICE);
            say(new Signal.Lost());
            row(ALICE, Condition.NEEDS_REAUTH);
            say(new Signal.Changed(Set.of(ALICE)));
            assertThat(alice.shown()).containsExactly(List.of());

            say(new Signal.Watching());
            assertThat(alice.shown()).containsExactly(List.of(), List.of(DEAD));
        }

        @Test
        void a_moment_goes_unmentioned() {
            Reader alice = open(ALICE);
            say(new Signal.Lost());
            seconds(1);
            say(new Signal.Watching());
            seconds(3);

            assertThat(alice.shown()).containsExactly(List.of());
        }

        @Test
        void then_it_is_said_that_nothing_is_known() {
            Reader alice = open(ALICE);
            say(new Signal.Lost());
            loop.advanceTimeBy(Duration.ofSeconds(3));
            assertThat(alice.shown()).containsExactly(List.of(), List.of("unknown"));

            say(new Signal.Watching());
            beat();
            assertThat(alice.shown()).endsWith(List.of());
        }

        @Test
        void whoever_comes_then_is_told_that_too() {
            say(new Signal.Lost());
            Reader alice = open(ALICE);
            loop.advanceTimeBy(Duration.ofSeconds(3));

            assertThat(alice.shown()).containsExactly(List.of("unknown"));
        }
    }

    @Test
    void rows_that_can_not_be_read_are_tried_again_every_second() {
        readModel.away = true;
        Reader alice = open(ALICE);
        seconds(3);
        assertThat(alice.shown()).containsExactly(List.of("unknown"));

        readModel.away = false;
        seconds(1);
        assertThat(alice.shown()).containsExactly(List.of("unknown"), List.of());
    }

    @Test
    void the_heartbeat_standing_still_is_noticed_without_a_read() {
        Reader alice = open(ALICE);
        loop.advanceTimeBy(Duration.ofSeconds(12));

        assertThat(alice.shown()).containsExactly(List.of(), List.of("unknown"));
        assertThat(readModel.reads).hasSize(1);
    }

    @Test
    void a_sign_of_life_comes_every_fifteen_seconds() {
        Reader alice = open(ALICE);
        seconds(46);

        assertThat(alice.items).filteredOn(LiveItem.StillHere.class::isInstance).hasSize(3);
    }

    @Test
    void a_reader_who_is_slow_gets_the_newest_and_nothing_else() {
        row(ALICE, Condition.OK);
        Reader slow = open(new Viewer(ALICE, null, Instant.MAX), 1);
        for (int change = 0; change < 100; change++) {
            row(ALICE, change % 2 == 0 ? Condition.NEEDS_REAUTH : Condition.NEEDS_ADMIN);
            say(new Signal.Changed(Set.of(ALICE)));
        }
        seconds(60);
        assertThat(slow.items).hasSize(1);

        slow.request(10);
        loop.advanceTimeBy(Duration.ZERO);
        assertThat(slow.shown()).containsExactly(List.of(), List.of("needs_admin:" + Rows.GRANT));
    }

    @Nested
    class a_stream_ends {

        @Test
        void when_its_session_does() {
            Reader alice = open(new Viewer(ALICE, SESSION, Instant.MAX), Long.MAX_VALUE);
            Reader other = open(new Viewer(ALICE, "another", Instant.MAX), Long.MAX_VALUE);
            say(new Signal.SignedOut(SESSION));

            assertThat(alice.ended).isTrue();
            assertThat(other.ended).isFalse();
        }

        @Test
        void when_its_session_ended_before_it_was_open() {
            sessions.ended.add(SESSION);
            Reader alice = open(new Viewer(ALICE, SESSION, Instant.MAX), Long.MAX_VALUE);
            seconds(1);

            assertThat(alice.ended).isTrue();
        }

        @Test
        void when_its_session_ended_while_nothing_was_told() {
            Reader alice = open(new Viewer(ALICE, SESSION, Instant.MAX), Long.MAX_VALUE);
            seconds(1);
            say(new Signal.Lost());
            sessions.ended.add(SESSION);
            say(new Signal.Watching());
            seconds(1);

            assertThat(alice.ended).isTrue();
        }

        @Test
        void when_its_time_is_over() {
            Reader alice = open(new Viewer(ALICE, null, now().plusSeconds(5)), Long.MAX_VALUE);
            seconds(4);
            assertThat(alice.ended).isFalse();
            seconds(1);
            assertThat(alice.ended).isTrue();
        }

        @Test
        void when_all_do() {
            Reader alice = open(ALICE);
            live.stop();
            loop.advanceTimeBy(Duration.ZERO);

            assertThat(alice.ended).isTrue();
        }
    }

    private static final class Reader extends BaseSubscriber<LiveItem> {
        private final List<LiveItem> items = new ArrayList<>();
        private final long demand;
        private boolean ended;

        Reader(long demand) {
            this.demand = demand;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(demand);
        }

        @Override
        protected void hookOnNext(LiveItem item) {
            items.add(item);
        }

        @Override
        protected void hookOnComplete() {
            ended = true;
        }

        /** The ids of the banners of each update. */
        List<List<String>> shown() {
            return items.stream()
                    .filter(LiveItem.Update.class::isInstance)
                    .map(LiveItem.Update.class::cast)
                    .map(update -> update.banners().stream().map(Banner::id).toList())
                    .toList();
        }
    }

    private static final class FakeReadModel implements ReadModel {
        private final Map<UUID, List<ConnectorHealth>> rows = new HashMap<>();
        private final List<Set<UUID>> reads = new ArrayList<>();
        private final Sinks.Empty<Void> answer = Sinks.empty();
        private boolean away;
        private boolean answering = true;

        @Override
        public Mono<Map<UUID, List<ConnectorHealth>>> rows(Collection<UUID> userIds) {
            reads.add(Set.copyOf(userIds));
            if (away) {
                return Mono.error(new AwayException("away", new IllegalStateException()));
            }
            return answering ? Mono.just(Map.copyOf(rows)) : answer.asMono().thenReturn(Map.copyOf(rows));
        }

        @Override
        public Mono<Map<UUID, Pauses>> pauses(Collection<UUID> userIds) {
            return Mono.just(Map.of());
        }

        @Override
        public Mono<Snapshot> snapshot(UUID userId) {
            return Mono.empty();
        }

        @Override
        public Mono<Timeline> timeline(UUID userId, Timeline.Query query) {
            return Mono.empty();
        }

        @Override
        public Mono<Past> past(UUID userId, Instant at) {
            return Mono.empty();
        }

        @Override
        public Mono<CommandState> command(UUID userId, UUID commandId) {
            return Mono.empty();
        }
    }

    private static final class FakeSessions implements Sessions {
        private final Set<String> ended = new HashSet<>();

        @Override
        public Mono<String> open(Person person, String idToken) {
            return Mono.empty();
        }

        @Override
        public Mono<Session> find(String secret) {
            return Mono.empty();
        }

        @Override
        public Mono<String> end(String secret) {
            return Mono.empty();
        }

        @Override
        public Mono<Set<String>> living(Collection<String> names) {
            Set<String> living = new HashSet<>(names);
            living.removeAll(ended);
            return Mono.just(living);
        }
    }

    private static final class VirtualClock extends Clock {
        private final VirtualTimeScheduler time;

        VirtualClock(VirtualTimeScheduler time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
