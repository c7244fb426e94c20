package dev.lifeline.projector.domain;

import dev.lifeline.events.SourcePosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Facts folded in memory, one after another, so that however many there are, each row is written once. Where facts are cut
 * into batches makes no difference to what is written in the end.
 */
public final class Batch {

    private final ConnectorFold fold;
    private final Map<UUID, User> users = new HashMap<>();
    private final List<Change> published = new ArrayList<>();
    private final List<TimelineEntry> timeline = new ArrayList<>();
    private final Map<UUID, CommandAnswer> answers = new LinkedHashMap<>();
    private final Map<Ignored, Integer> ignored = new EnumMap<>(Ignored.class);

    /** @param known the connectors of every user whom the facts concern; of those who are missing there are none */
    public Batch(ConnectorFold fold, Map<UUID, Connectors> known) {
        this.fold = fold;
        known.forEach((id, connectors) -> users.put(id, new User(connectors)));
    }

    public void fold(Fact fact) {
        User user = users.computeIfAbsent(fact.event().userId(), id -> new User(Connectors.NONE));
        Folded folded = fold.fold(user.now, fact);
        for (Change change : folded.changes()) {
            note(user, change);
        }
        CommandAnswer answer = folded.answer();
        if (answer != null) {
            note(user, answer);
        }
        if (folded.ignored() != null) {
            ignored.merge(folded.ignored(), 1, Integer::sum);
        }
    }

    /** Makes stale what is overdue at a time. */
    public void passTimeTo(Instant time) {
        for (User user : users.values()) {
            for (ConnectorHealth connector : user.now.all()) {
                fold.overdue(connector, time).ifPresent(change -> note(user, change));
            }
        }
    }

    /** The connectors that changed, each as it is in the end. */
    public List<ConnectorHealth> rows() {
        return rows(before -> true);
    }

    /** Those that were not there before. */
    public List<ConnectorHealth> addedRows() {
        return rows(Objects::isNull);
    }

    /** Those that were there before. */
    public List<ConnectorHealth> changedRows() {
        return rows(Objects::nonNull);
    }

    private List<ConnectorHealth> rows(Predicate<@Nullable ConnectorHealth> before) {
        List<ConnectorHealth> rows = new ArrayList<>(users.size());
        for (User user : users.values()) {
            if (user.touched) {
                user.addChangedTo(rows, before);
            }
        }
        return rows;
    }

    /** What subscribers are to hear, in order. */
    public List<Change> published() {
        return published;
    }

    public List<TimelineEntry> timeline() {
        return timeline;
    }

    /** The timeline, but for what it says of commands that turn out to have been answered before. */
    public List<TimelineEntry> timelineWithout(List<CommandAnswer> repeated) {
        if (repeated.isEmpty()) {
            return timeline;
        }
        Set<SourcePosition> sources =
                repeated.stream().map(CommandAnswer::source).collect(Collectors.toSet());
        return timeline.stream()
                .filter(entry -> entry.kind() != Kind.COMMAND_REJECTED || !sources.contains(entry.cause()))
                .toList();
    }

    /** The first answer to each command; a repeated one changes nothing. */
    public Collection<CommandAnswer> answers() {
        return answers.values();
    }

    /** How many events changed nothing, by reason. */
    public Map<Ignored, Integer> ignored() {
        return ignored;
    }

    /** Users of whom something is written, and nothing may have been before. */
    public List<UUID> newUsers() {
        return ids(user -> user.touched && user.before.all().isEmpty());
    }

    /** Users of whom something is written. */
    public List<UUID> touchedUsers() {
        return ids(user -> user.touched);
    }

    private List<UUID> ids(Predicate<User> which) {
        return users.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void note(User user, Change change) {
        user.now = user.now.with(change.after());
        user.touched = true;
        if (change.published()) {
            published.add(change);
        }
        if (change.kind() != null) {
            timeline.add(TimelineEntry.of(change, change.kind()));
        }
    }

    private void note(User user, CommandAnswer answer) {
        user.touched = true;
        boolean first = answers.putIfAbsent(answer.commandId(), answer) == null;
        if (first && answer.rejected()) {
            timeline.add(TimelineEntry.of(answer));
        }
    }

    private static final class User {
        private final Connectors before;
        private Connectors now;
        private boolean touched;

        User(Connectors before) {
            this.before = before;
            this.now = before;
        }

        void addChangedTo(List<ConnectorHealth> rows, Predicate<@Nullable ConnectorHealth> which) {
            for (ConnectorHealth connector : now.all()) {
                ConnectorHealth known = before.named(connector.name());
                if (which.test(known) && !connector.equals(known)) {
                    rows.add(connector);
                }
            }
        }
    }
}
