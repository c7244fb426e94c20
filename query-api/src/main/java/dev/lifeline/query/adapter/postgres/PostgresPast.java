package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;
import static dev.lifeline.query.adapter.postgres.Columns.text;
import static dev.lifeline.query.adapter.postgres.Columns.time;

import dev.lifeline.events.ActionEvent.ApprovalExpired;
import dev.lifeline.events.ActionEvent.ApprovalGranted;
import dev.lifeline.events.ActionEvent.ApprovalRejected;
import dev.lifeline.events.ActionEvent.ApprovalRequested;
import dev.lifeline.events.ActionEvent.ApprovalWithdrawn;
import dev.lifeline.events.ActionEvent.OfApproval;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomyEvent.TrustTierChanged;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Condition;
import dev.lifeline.events.FailureClass;
import dev.lifeline.events.Operator;
import dev.lifeline.query.application.Past;
import dev.lifeline.query.application.Past.Waiting;
import dev.lifeline.query.domain.ConnectorHealth;
import dev.lifeline.query.domain.Pauses;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How things stood at an earlier time, by the lines of the table {@code timeline} up to then. */
final class PostgresPast {

    /** No request for approval waits for longer. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(72);

    private static final String LATER_FIRST = "at DESC, source_topic DESC, source_offset DESC, ordinal DESC";

    private static final String CONNECTORS = """
            SELECT DISTINCT ON (line.connector_name) line.connector_name, line.provider, line.grant_id, line.to_condition,
                   line.failure_class, line.error_code, line.last_success_at, line.at,
                   (SELECT consent.account FROM read_model.timeline consent
                     WHERE consent.user_id = $1 AND consent.connector_name = line.connector_name
                       AND consent.account IS NOT NULL AND consent.at <= $2
                     ORDER BY consent.at DESC LIMIT 1) AS account
              FROM read_model.timeline line
             WHERE line.user_id = $1 AND line.connector_name IS NOT NULL AND line.kind <> 'command_rejected' AND line.at <= $2
             ORDER BY line.connector_name, line.at DESC, line.source_topic DESC, line.source_offset DESC, line.ordinal DESC
            """;

    private static final String PAUSES = """
            SELECT DISTINCT ON (user_id, subject) user_id, kind, detail FROM read_model.timeline
             WHERE user_id IN ($1, $3) AND at <= $2
               AND kind IN ('user_paused', 'user_resumed', 'operator_paused', 'operator_resumed')
             ORDER BY user_id, subject,
            """ + LATER_FIRST;

    private static final String UNREADABLE = """
            SELECT concerns AS whom, source_partition AS partition, noted_at AS since FROM read_model.unreadable_command
             WHERE noted_at <= $2 AND (resolved_at IS NULL OR resolved_at > $2)
               AND (concerns IS NULL OR concerns IN ($1, $3))
            """;

    private static final String SETTINGS = """
            SELECT kind, detail FROM read_model.timeline
             WHERE user_id = $1 AND at <= $2 AND kind IN ('settings_changed', 'trust_tier_changed')
               AND at >= coalesce((SELECT max(at) FROM read_model.timeline
                                    WHERE user_id = $1 AND at <= $2 AND kind = 'settings_changed'), '-infinity')
             ORDER BY at, source_offset, ordinal
            """;

    private static final String APPROVALS = """
            SELECT kind, subject, detail FROM read_model.timeline
             WHERE user_id = $1 AND at <= $2 AND at > $3
               AND kind IN ('approval_requested', 'approval_granted', 'approval_rejected', 'approval_expired',
                            'approval_withdrawn')
             ORDER BY at, source_offset, ordinal
            """;

    private static final Codec CODEC = new Codec();

    private final Database database;
    private final Freshness freshness;

    PostgresPast(Database database, Freshness freshness) {
        this.database = database;
        this.freshness = freshness;
    }

    Mono<Past> past(UUID userId, Instant at) {
        return Mono.zip(
                        asOf(userId),
                        connectors(userId, at),
                        pauses(userId, at),
                        settings(userId, at),
                        approvals(userId, at),
                        known(userId),
                        withheldSince(userId, at))
                .map(found -> new Past(
                        at,
                        found.getT1().orElse(null),
                        found.getT2(),
                        pausesOf(found.getT3(), found.getT7().orElse(null)),
                        settingsOf(found.getT4()),
                        waiting(found.getT5()),
                        found.getT6(),
                        found.getT3().stream().allMatch(Told::whole)
                                && found.getT4().stream().allMatch(Told::whole)
                                && found.getT5().stream().allMatch(Told::whole)));
    }

    /** A line that is about no connector. */
    private record Told(
            @Nullable UUID userId,
            String kind,
            @Nullable String subject,
            @Nullable String detail) {

        boolean whole() {
            return detail != null;
        }

        <E> Optional<E> as(Class<E> event) {
            return Optional.ofNullable(detail)
                    .map(json -> CODEC.decodeValue(event, json.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Mono<Boolean> known(UUID userId) {
        return database.guard(database.sql("SELECT EXISTS (SELECT FROM read_model.users WHERE user_id = $1) AS known")
                .bind(0, userId)
                .map(row -> required(row, "known", Boolean.class))
                .one());
    }

    private Mono<Optional<Instant>> asOf(UUID userId) {
        return freshness
                .of(userId)
                .flatMap(at -> database.guard(
                        database.sql("SELECT (" + Freshness.CAUGHT_UP_AT.formatted("$1", "$2") + ") AS caught_up_at")
                                .bind(0, at.own())
                                .bind(1, at.operator())
                                .map(row -> Optional.ofNullable(time(row, "caught_up_at")))
                                .one()));
    }

    private Mono<List<ConnectorHealth>> connectors(UUID userId, Instant at) {
        return database.guard(database.sql(CONNECTORS)
                .bind(0, userId)
                .bind(1, at)
                .map(PostgresPast::connector)
                .all()
                .flatMapIterable(found -> found.map(List::of).orElse(List.of()))
                .collectList());
    }

    private Mono<List<Told>> pauses(UUID userId, Instant at) {
        return database.guard(database.sql(PAUSES)
                .bind(0, userId)
                .bind(1, at)
                .bind(2, Operator.ID)
                .map(row -> new Told(
                        required(row, "user_id", UUID.class),
                        required(row, "kind", String.class),
                        null,
                        text(row, "detail")))
                .all()
                .collectList());
    }

    private Mono<Optional<Instant>> withheldSince(UUID userId, Instant at) {
        return database.guard(database.sql(UNREADABLE)
                        .bind(0, userId)
                        .bind(1, at)
                        .bind(2, Operator.ID)
                        .map(UnreadableCommand::of)
                        .all()
                        .collectList())
                .zipWith(
                        freshness.of(userId),
                        (commands, where) ->
                                Optional.ofNullable(UnreadableCommand.withheldSince(commands.stream(), userId, where)));
    }

    private Mono<List<Told>> settings(UUID userId, Instant at) {
        return database.guard(database.sql(SETTINGS)
                .bind(0, userId)
                .bind(1, at)
                .map(row -> new Told(null, required(row, "kind", String.class), null, text(row, "detail")))
                .all()
                .collectList());
    }

    private Mono<List<Told>> approvals(UUID userId, Instant at) {
        return database.guard(database.sql(APPROVALS)
                .bind(0, userId)
                .bind(1, at)
                .bind(2, at.minus(LONGEST_WAIT))
                .map(row ->
                        new Told(null, required(row, "kind", String.class), text(row, "subject"), text(row, "detail")))
                .all()
                .collectList());
    }

    /** Empty where the connector was gone. */
    private static Optional<ConnectorHealth> connector(Readable row) {
        String condition = text(row, "to_condition");
        String failure = text(row, "failure_class");
        UUID grant = row.get("grant_id", UUID.class);
        if (condition == null) {
            return Optional.empty();
        }
        return Optional.of(new ConnectorHealth(
                required(row, "connector_name", String.class),
                Objects.requireNonNullElse(text(row, "provider"), ""),
                text(row, "account"),
                grant == null ? new UUID(0, 0) : grant,
                Condition.ofWireName(condition),
                failure == null ? null : FailureClass.valueOf(failure),
                text(row, "error_code"),
                time(row, "last_success_at"),
                null,
                required(row, "at", Instant.class)));
    }

    private static Pauses pausesOf(List<Told> lines, @Nullable Instant withheldSince) {
        Pauses.Pause own = null;
        List<Pauses.Pause> operators = new ArrayList<>();
        for (Told line : lines) {
            Optional<AutonomyPaused> event =
                    line.kind().endsWith("_paused") ? line.as(AutonomyPaused.class) : Optional.empty();
            if (event.isEmpty()) {
                continue;
            }
            AutonomyPaused paused = event.get();
            Pauses.Pause pause = new Pauses.Pause(paused.scope(), paused.pausedAt(), paused.reason(), paused.version());
            if (Operator.ID.equals(line.userId())) {
                operators.add(pause);
            } else {
                own = pause;
            }
        }
        return new Pauses(own, operators, withheldSince);
    }

    private static AutonomySettings settingsOf(List<Told> lines) {
        AutonomySettings settings = AutonomySettings.UNSET;
        for (Told line : lines) {
            if (line.kind().equals("settings_changed")) {
                settings = line.as(AutonomySettingsUpdated.class)
                        .map(AutonomySettingsUpdated::settings)
                        .orElse(settings);
            } else {
                AutonomySettings before = settings;
                settings = line.as(TrustTierChanged.class)
                        .map(changed -> before.with(changed.to()))
                        .orElse(before);
            }
        }
        return settings;
    }

    private static List<Waiting> waiting(List<Told> lines) {
        Map<UUID, Waiting> waiting = new LinkedHashMap<>();
        for (Told line : lines) {
            if (line.kind().equals("approval_requested")) {
                line.as(ApprovalRequested.class)
                        .ifPresent(asked -> waiting.put(
                                asked.approvalId(),
                                new Waiting(
                                        asked.approvalId(),
                                        line.subject(),
                                        asked.reason(),
                                        asked.requestedAt(),
                                        asked.expiresAt())));
            } else {
                answer(line).ifPresent(answer -> waiting.remove(answer.approvalId()));
            }
        }
        return List.copyOf(waiting.values());
    }

    private static Optional<? extends OfApproval> answer(Told line) {
        return switch (line.kind()) {
            case "approval_granted" -> line.as(ApprovalGranted.class);
            case "approval_rejected" -> line.as(ApprovalRejected.class);
            case "approval_expired" -> line.as(ApprovalExpired.class);
            default -> line.as(ApprovalWithdrawn.class);
        };
    }
}
