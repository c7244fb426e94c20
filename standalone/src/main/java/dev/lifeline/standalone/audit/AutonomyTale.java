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
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.query.domain.Pauses;
import dev.lifeline.query.domain.Pauses.Pause;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was paused and allowed. Each event says completely how it is then, so that nothing has to be folded. */
final class AutonomyTale {

    private final UUID userId;
    private @Nullable Pause own;
    private final Map<PauseScope, Pause> operators = new LinkedHashMap<>();
    private AutonomySettings settings = AutonomySettings.UNSET;
    private final Map<UUID, PolicyChanged> policies = new LinkedHashMap<>();
    private final Set<SourcePosition> unreadable = new LinkedHashSet<>();

    AutonomyTale(UUID userId) {
        this.userId = userId;
    }

    /** What is to be told; empty when it concerns somebody else. */
    Optional<String> hear(AutonomyEvent event) {
        return switch (event) {
            case AutonomyPaused paused -> Optional.of(paused(paused));
            case AutonomyResumed resumed -> Optional.of(resumed(resumed));
            case AutonomySettingsUpdated updated -> {
                String changes = changes(settings, updated.settings());
                settings = updated.settings();
                yield Optional.of("The user changed the settings: " + changes + ".");
            }
            case TrustTierChanged changed -> {
                settings = settings.with(changed.to());
                yield Optional.of("The user changed the level of trust from "
                        + changed.from().wireName() + " to " + changed.to().wireName() + ".");
            }
            case PolicyChanged changed -> {
                String verb = policies.put(changed.policy().policyId(), changed) == null ? "wrote" : "changed";
                yield Optional.of("The user " + verb + " the rules \u201c"
                        + changed.policy().name() + "\u201d: "
                        + changed.policy().rules().size() + " in number, of priority "
                        + changed.policy().priority()
                        + (changed.policy().enabled() ? "." : ", switched off."));
            }
            case PolicyRemoved removed -> {
                PolicyChanged before = policies.remove(removed.policyId());
                yield Optional.of("The user removed the rules \u201c"
                        + (before == null ? removed.policyId() : before.policy().name()) + "\u201d.");
            }
            case CommandRejected rejected ->
                rejected.userId().equals(userId)
                        ? Optional.of("What was asked for (" + rejected.command() + ") was refused, " + rejected.code()
                                + ": " + rejected.reason())
                        : Optional.empty();
            case CommandUnreadable record -> unreadable(record);
            case UnreadableResolved resolved ->
                unreadable.remove(resolved.source())
                        ? Optional.of("The operator has looked at the record at "
                                + resolved.source().topic() + "-"
                                + resolved.source().partition() + "@"
                                + resolved.source().offset()
                                + ": it withholds nothing any more.")
                        : Optional.empty();
        };
    }

    Pauses pauses() {
        return new Pauses(own, List.copyOf(operators.values()), null);
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
        boolean was = operator ? operators.remove(event.scope()) != null : own != null;
        if (!operator) {
            own = null;
        }
        if (event.scope().kind() == PauseScope.Kind.ENVIRONMENT) {
            return "No instance ran with SKYTWIN_AUTO_EXECUTE_DISABLED=true any more.";
        }
        String who = operator ? "The operator " + event.actor() : "The user";
        return who + " resumed " + what(event.scope()) + (was ? "." : ", which was not paused.");
    }

    private Optional<String> unreadable(CommandUnreadable event) {
        UUID concerns = event.concerns();
        if (concerns != null && !concerns.equals(userId) && !concerns.equals(Operator.ID)) {
            return Optional.empty();
        }
        unreadable.add(event.source());
        return Optional.of("A command could not be read (" + event.reason() + "), and may have been a pause: "
                + (concerns == null ? "whoever it may concern" : "who it concerns")
                + " had to approve each action until the operator had looked.");
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
