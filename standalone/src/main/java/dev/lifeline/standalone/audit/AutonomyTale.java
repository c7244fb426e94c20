package dev.lifeline.standalone.audit;

import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomyResumed;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.CommandRejected;
import dev.lifeline.events.AutonomyEvent.CommandUnreadable;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.AutonomyEvent.PolicyRemoved;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomyEvent.UnreadableResolved;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Circumstances;
import dev.lifeline.events.Circumstances.PolicyVersion;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.query.domain.Pauses;
import dev.lifeline.query.domain.Pauses.Pause;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was paused and allowed. Each event says completely how it is then, so that nothing has to be folded; what none has told
 * since the log begins is not known.
 */
final class AutonomyTale {

    private final UUID userId;
    private final Extent extent;
    private final Set<Older> older = EnumSet.noneOf(Older.class);
    private @Nullable Pause own;
    private final Map<PauseScope, Pause> operators = new LinkedHashMap<>();
    private AutonomySettings settings = AutonomySettings.UNSET;
    private final Map<UUID, PolicyChanged> policies = new LinkedHashMap<>();
    private final Map<SourcePosition, Instant> unreadable = new LinkedHashMap<>();

    AutonomyTale(UUID userId, Extent extent) {
        this.userId = userId;
        this.extent = extent;
        if (extent.autonomyCut()) {
            older.addAll(List.of(Older.USER_PAUSE, Older.SETTINGS, Older.POLICIES));
        }
        if (extent.operatorsCut()) {
            older.add(Older.OPERATOR_PAUSES);
        }
    }

    /** What may be as it was made before the log begins, and is not known then. */
    enum Older {
        USER_PAUSE("userPause"),
        OPERATOR_PAUSES("operatorPauses"),
        SETTINGS("settings"),
        POLICIES("policies");

        private final String wireName;

        Older(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /** What is to be told; empty when it concerns somebody else. */
    Optional<String> hear(AutonomyEvent event, Instant time) {
        return switch (event) {
            case AutonomyPaused paused -> Optional.of(paused(paused));
            case AutonomyResumed resumed -> Optional.of(resumed(resumed));
            case AutonomySettingsUpdated updated -> {
                noteWhole(Older.SETTINGS, updated.version());
                AutonomySettings before = older.remove(Older.SETTINGS) ? updated.before() : settings;
                String changes = before == null
                        ? "they are older than the log, and are now " + all(updated.settings())
                        : changes(before, updated.settings());
                settings = updated.settings();
                yield Optional.of("The user changed the settings: " + changes + ".");
            }
            case TrustTierChanged changed -> {
                noteWhole(Older.SETTINGS, changed.version());
                settings = settings.with(changed.to());
                yield Optional.of("The user changed the level of trust from "
                        + changed.from().wireName() + " to " + changed.to().wireName() + ".");
            }
            case PolicyChanged changed -> {
                noteWhole(Older.POLICIES, changed.version());
                boolean known = policies.put(changed.policy().policyId(), changed) != null;
                String verb = known ? "changed" : older.contains(Older.POLICIES) ? "wrote or changed" : "wrote";
                yield Optional.of("The user " + verb + " the rules \u201c"
                        + changed.policy().name() + "\u201d: "
                        + changed.policy().rules().size() + " in number, of priority "
                        + changed.policy().priority()
                        + (changed.policy().enabled() ? "." : ", switched off."));
            }
            case PolicyRemoved removed -> {
                PolicyChanged before = policies.remove(removed.policyId());
                yield Optional.of("The user removed the rules \u201c"
                        + (before != null
                                ? before.policy().name()
                                : removed.name() != null ? removed.name() : removed.policyId())
                        + "\u201d.");
            }
            case CommandRejected rejected ->
                rejected.userId().equals(userId)
                        ? Optional.of("What was asked for (" + rejected.command() + ") was refused, " + rejected.code()
                                + ": " + rejected.reason())
                        : Optional.empty();
            case CommandUnreadable record -> unreadable(record, time);
            case UnreadableResolved resolved ->
                unreadable.remove(resolved.source()) != null
                        ? Optional.of("The operator has looked at the record at "
                                + resolved.source().topic() + "-"
                                + resolved.source().partition() + "@"
                                + resolved.source().offset()
                                + ": it withholds nothing any more.")
                        : Optional.empty();
        };
    }

    /** A decision has all that it was judged by, also what is older than the log. */
    void hear(Circumstances held) {
        if (older.remove(Older.SETTINGS)) {
            settings = held.settings();
        }
        if (held.controlUnknown() == null && areAll(held.pauses())) {
            older.removeAll(List.of(Older.USER_PAUSE, Older.OPERATOR_PAUSES));
        }
        Set<PolicyVersion> enabled = policies.values().stream()
                .filter(each -> each.policy().enabled())
                .map(each -> new PolicyVersion(each.policy().policyId(), each.version()))
                .collect(Collectors.toSet());
        if (enabled.equals(Set.copyOf(held.policies()))) {
            older.remove(Older.POLICIES);
        }
    }

    /** Whether no others are in force than those that are known; but for environments, for each instance judges by its own. */
    private boolean areAll(List<PauseScope> scopes) {
        Stream<PauseScope> known = Stream.concat(
                operators.keySet().stream(), Stream.ofNullable(own).map(Pause::scope));
        return liftable(known).equals(liftable(scopes.stream()));
    }

    private static Map<PauseScope, Long> liftable(Stream<PauseScope> scopes) {
        return scopes.filter(scope -> scope.kind() != PauseScope.Kind.ENVIRONMENT)
                .collect(Collectors.groupingBy(scope -> scope, Collectors.counting()));
    }

    /** With the first version of something all of it is in the log. */
    private void noteWhole(Older what, long version) {
        if (version == 1) {
            older.remove(what);
        }
    }

    Set<Older> older() {
        return Set.copyOf(older);
    }

    Pauses pauses() {
        return new Pauses(
                own,
                List.copyOf(operators.values()),
                unreadable.values().stream().min(Comparator.naturalOrder()).orElse(null));
    }

    AutonomySettings settings() {
        return settings;
    }

    List<PolicyChanged> policies() {
        return List.copyOf(policies.values());
    }

    /** Why it is not known whether something is paused; absent when it is. */
    @Nullable
    String unknown() {
        return unreadable.isEmpty() ? null : "a command could not be read";
    }

    private String paused(AutonomyPaused event) {
        boolean operator = event.userId().equals(Operator.ID);
        Pause pause = new Pause(event.scope(), event.pausedAt(), event.reason(), event.version());
        Pause before = operator ? operators.put(event.scope(), pause) : own;
        if (!operator) {
            own = pause;
            older.remove(Older.USER_PAUSE);
        }
        if (event.scope().kind() == PauseScope.Kind.ENVIRONMENT) {
            return "An instance ran with SKYTWIN_AUTO_EXECUTE_DISABLED=true: nothing was done by itself, for anybody.";
        }
        String said = event.reason() == null ? "." : ": \u201c" + event.reason() + "\u201d.";
        String who = operator ? "The operator " + event.actor() : "The user";
        return before != null && before.version() == event.version()
                ? who + " paused " + what(event.scope()) + ", which was paused already."
                : who + " paused " + what(event.scope()) + said;
    }

    private String resumed(AutonomyResumed event) {
        boolean operator = event.userId().equals(Operator.ID);
        boolean was = (operator ? operators.remove(event.scope()) != null : own != null)
                || older.contains(operator ? Older.OPERATOR_PAUSES : Older.USER_PAUSE);
        if (!operator) {
            own = null;
            older.remove(Older.USER_PAUSE);
        }
        if (event.scope().kind() == PauseScope.Kind.ENVIRONMENT) {
            return "No instance ran with SKYTWIN_AUTO_EXECUTE_DISABLED=true any more.";
        }
        String who = operator ? "The operator " + event.actor() : "The user";
        return who + " resumed " + what(event.scope()) + (was ? "." : ", which was not paused.");
    }

    private Optional<String> unreadable(CommandUnreadable event, Instant time) {
        UUID concerns = event.concerns();
        if (!mayConcernTheUser(event)) {
            return Optional.empty();
        }
        unreadable.put(event.source(), time);
        return Optional.of("A command could not be read (" + event.reason() + "), and may have been a pause: "
                + (concerns == null ? "whoever it may concern" : "who it concerns")
                + " had to approve each action until the operator had looked.");
    }

    /** Whom it concerns is not known of some: then everybody whose commands come by that partition. */
    private boolean mayConcernTheUser(CommandUnreadable event) {
        UUID concerns = event.concerns();
        int partition = event.source().partition();
        return concerns == null
                ? partition == extent.own() || partition == extent.operators()
                : concerns.equals(userId) || concerns.equals(Operator.ID);
    }

    private static String what(PauseScope scope) {
        String value = scope.value();
        return value == null
                ? "auto-execution"
                : "auto-execution of " + scope.kind().wireName() + " " + value;
    }

    private static String changes(AutonomySettings before, AutonomySettings after) {
        String changes = Stream.of(AutonomySettings.class.getRecordComponents())
                .filter(component -> !Objects.equals(value(component, before), value(component, after)))
                .map(component -> component.getName() + " from " + said(value(component, before)) + " to "
                        + said(value(component, after)))
                .collect(Collectors.joining(", "));
        return changes.isEmpty() ? "to what they were" : changes;
    }

    private static String all(AutonomySettings settings) {
        return Stream.of(AutonomySettings.class.getRecordComponents())
                .map(component -> component.getName() + " " + said(value(component, settings)))
                .collect(Collectors.joining(", "));
    }

    private static String said(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case AutonomySettings.QuietHours quiet -> quiet.start() + "-" + quiet.end();
            case dev.lifeline.events.TrustTier tier -> tier.wireName();
            default -> value.toString();
        };
    }

    private static @Nullable Object value(RecordComponent component, AutonomySettings of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
