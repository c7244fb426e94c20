package dev.lifeline.query.application;

import dev.lifeline.events.Topics;
import dev.lifeline.query.domain.Banners;
import dev.lifeline.query.domain.ConnectorHealth;
import dev.lifeline.query.domain.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The open banner streams of this instance. Ten thousand of them cost one database connection, one timer and one read a
 * change: whoever is told to have changed is read in batches, and each second the banners of all are composed anew from
 * the rows in memory, because banners change by time alone.
 *
 * <p>Told first, read then: a user's rows are read only after changes are being told, so that none falls between. When
 * the telling stops, all rows are read again once it goes on, and until then the streams say that nothing is known.
 *
 * <p>All state belongs to one thread, {@code loop}; whatever comes from outside is a task for it.
 */
public final class LiveBanners {

    private static final Logger log = LoggerFactory.getLogger(LiveBanners.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int USERS_A_READ = 1_000;

    private final Signal.Source source;
    private final ReadModel readModel;
    private final SignOuts signOuts;
    private final Banners banners;
    private final Clock clock;
    private final Scheduler loop;
    private final Disposable.Swap running = Disposables.swap();

    private final Map<UUID, Feed> feeds = new HashMap<>();
    private final Set<UUID> toRead = new LinkedHashSet<>();
    private volatile int userCount;
    private boolean watching;
    private long watch;
    private boolean reading;
    private Signal.@Nullable Beat beat;
    private Duration databaseAhead = Duration.ZERO;

    /**
     * @param loop of one thread, and of nobody else's
     */
    public LiveBanners(
            Signal.Source source,
            ReadModel readModel,
            Sessions sessions,
            Banners banners,
            Clock clock,
            Scheduler loop) {
        this.source = source;
        this.readModel = readModel;
        this.signOuts = new SignOuts(sessions, loop);
        this.banners = banners;
        this.clock = clock;
        this.loop = loop;
    }

    /** Watches the database from now on. */
    public void start() {
        Disposable signals = source.signals().subscribe(signal -> loop.schedule(() -> on(signal)));
        Disposable ticks =
                loop.schedulePeriodically(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        running.update(Disposables.composite(signals, ticks));
    }

    /** How many users have a stream open here. */
    public int users() {
        return userCount;
    }

    /** Ends every stream, so that nobody waits for them. */
    public void stop() {
        running.update(Disposables.disposed());
        loop.schedule(() -> streams().forEach(LiveStream::end));
    }

    /** The viewer's banners: as they are, whenever they change, and now and then a sign of life. Ends at sign-out. */
    public Flux<LiveItem> of(Viewer viewer) {
        return Flux.create(sink -> open(viewer, sink), FluxSink.OverflowStrategy.ERROR);
    }

    private void open(Viewer viewer, FluxSink<LiveItem> sink) {
        LiveStream stream = new LiveStream(viewer, sink);
        sink.onRequest(any -> loop.schedule(stream::drain));
        // In this order: whoever has gone by now is told of at once, and must not be forgotten before he was known.
        loop.schedule(() -> watch(stream));
        sink.onDispose(() -> loop.schedule(() -> forget(stream)));
    }

    private void watch(LiveStream stream) {
        UUID user = stream.viewer().userId();
        Feed feed = feeds.computeIfAbsent(user, any -> {
            toRead.add(user);
            return new Feed();
        });
        userCount = feeds.size();
        feed.add(stream);
        suspect(stream);
        read();
    }

    private void forget(LiveStream stream) {
        UUID user = stream.viewer().userId();
        Feed feed = feeds.get(user);
        if (feed != null) {
            feed.remove(stream);
            if (feed.unwatched()) {
                feeds.remove(user);
                userCount = feeds.size();
                toRead.remove(user);
            }
        }
    }

    private void on(Signal signal) {
        switch (signal) {
            case Signal.Watching watchingAgain -> {
                watching = true;
                watch++;
                readAgain(feeds.keySet());
                suspectAll();
            }
            case Signal.Lost lost -> {
                watching = false;
                feeds.values().forEach(Feed::doubt);
            }
            case Signal.Changed changed -> {
                changed.users().stream()
                        .map(feeds::get)
                        .filter(Objects::nonNull)
                        .forEach(Feed::told);
                readAgain(changed.users());
            }
            case Signal.AllChanged all -> {
                feeds.values().forEach(Feed::told);
                readAgain(feeds.keySet());
            }
            case Signal.SignedOut out -> end(Set.of(out.session()));
            case Signal.Beat newest -> {
                beat = newest;
                databaseAhead = Duration.between(clock.instant(), newest.now());
            }
        }
    }

    private void readAgain(Collection<UUID> users) {
        users.stream().filter(feeds::containsKey).forEach(toRead::add);
        read();
    }

    /** Reads what is to be read, one batch at a time; what is told meanwhile goes into the next. */
    private void read() {
        if (reading || !watching || toRead.isEmpty()) {
            return;
        }
        reading = true;
        long readUnder = watch;
        List<UUID> users = toRead.stream().limit(USERS_A_READ).toList();
        users.forEach(toRead::remove);
        Mono.zip(readModel.rows(users), readModel.pauses(users))
                .publishOn(loop)
                .subscribe(
                        found -> onRows(users, found.getT1(), found.getT2(), readUnder),
                        failure -> onUnread(users, failure));
    }

    private void onRows(
            List<UUID> users, Map<UUID, List<ConnectorHealth>> rows, Map<UUID, Pauses> pauses, long readUnder) {
        reading = false;
        for (UUID user : users) {
            Feed feed = feeds.get(user);
            if (feed != null && watching && readUnder == watch) {
                feed.read(rows.getOrDefault(user, List.of()), pauses.getOrDefault(user, Pauses.NONE));
                show(user, feed);
            }
        }
        read();
    }

    /** The next tick tries again. */
    private void onUnread(List<UUID> users, Throwable failure) {
        reading = false;
        log.info("rows of {} users can not be read: {}", users.size(), failure.toString());
        for (UUID user : users) {
            Feed feed = feeds.get(user);
            if (feed != null) {
                feed.doubt();
                toRead.add(user);
            }
        }
    }

    private void tick() {
        read();
        signOuts.ask(this::end);
        Instant now = now();
        streams().stream()
                .filter(stream -> !now.isBefore(stream.viewer().until()))
                .forEach(LiveStream::end);
        feeds.forEach((user, feed) -> {
            feed.tick();
            show(user, feed);
        });
    }

    private void show(UUID user, Feed feed) {
        if (feed.speaks()) {
            feed.show(banners.compose(feed.reading(asOf(user)), now()));
        }
    }

    /** Any of them may have signed out while nothing was told. */
    private void suspectAll() {
        streams().forEach(this::suspect);
    }

    private void suspect(LiveStream stream) {
        String session = stream.viewer().session();
        if (session != null) {
            signOuts.suspect(session);
        }
    }

    private void end(Set<String> ended) {
        streams().stream()
                .filter(stream -> stream.viewer().session() != null
                        && ended.contains(stream.viewer().session()))
                .forEach(LiveStream::end);
    }

    private List<LiveStream> streams() {
        return feeds.values().stream().flatMap(feed -> feed.streams().stream()).toList();
    }

    private @Nullable Instant asOf(UUID user) {
        Signal.Beat newest = beat;
        return newest == null || newest.partitions() == 0
                ? null
                : newest.caughtUpAt().get(Topics.partitionOf(user, newest.partitions()));
    }

    /** The database's time, by which all that is compared with it was written. */
    private Instant now() {
        return clock.instant().plus(databaseAhead);
    }
}
