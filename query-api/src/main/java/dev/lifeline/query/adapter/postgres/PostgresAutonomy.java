package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;
import static dev.lifeline.query.adapter.postgres.Columns.time;

import dev.lifeline.events.Action;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Policy;
import dev.lifeline.events.TrustTier;
import dev.lifeline.events.Verdict;
import dev.lifeline.query.application.AutonomyModel;
import dev.lifeline.query.application.SetSettings;
import dev.lifeline.query.application.WrittenPolicy;
import dev.lifeline.query.domain.PastDecision;
import dev.lifeline.query.domain.Pauses;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/**
 * The projector's tables of pauses, settings, policies and approvals. How fresh they are is read before them, so that
 * what is shown is at least as new as is said.
 */
final class PostgresAutonomy implements AutonomyModel {

    private static final String FRESH = Freshness.CAUGHT_UP_AT.formatted("$1", "$2");
    private static final String SETTINGS =
            "SELECT settings, settings_version FROM read_model.autonomy_state WHERE user_id = $1 AND settings IS NOT NULL";
    private static final String POLICIES =
            "SELECT policy, version FROM read_model.policy WHERE user_id = $1 AND policy IS NOT NULL ORDER BY policy_id";
    private static final String PAST = """
            SELECT decided_at, action, verdict, trust_tier FROM read_model.decision
            WHERE user_id = $1 ORDER BY decided_at DESC LIMIT $2
            """;
    private static final String APPROVAL = """
            SELECT a.approval_id, a.decision_id, d.action, a.action_hash, d.verdict, a.confirmation_level,
                a.status, a.requested_at, a.expires_at, a.confirmation_token, a.not_before
            FROM read_model.approval a JOIN read_model.decision d USING (decision_id)
            WHERE a.user_id = $1
            """;
    private static final String ONE = APPROVAL + " AND a.approval_id = $2";
    private static final String QUEUE =
            APPROVAL + " AND a.status = $2 %s ORDER BY a.requested_at, a.approval_id LIMIT $3";
    private static final String COUNT =
            "SELECT count(*) AS count FROM read_model.approval a WHERE a.user_id = $1 AND a.status = $2";
    private static final String FIRST = QUEUE.formatted("");
    private static final String LATER = QUEUE.formatted("AND (a.requested_at, a.approval_id) > ($4, $5)");

    private static final Codec CODEC = new Codec();

    private final Database database;
    private final Freshness freshness;
    private final PostgresPauses pauses;
    private final PostgresFleet fleet;

    PostgresAutonomy(Database database, Freshness freshness, PostgresPauses pauses) {
        this.database = database;
        this.freshness = freshness;
        this.pauses = pauses;
        this.fleet = new PostgresFleet(database);
    }

    @Override
    public Mono<State> state(UUID userId) {
        return asOf(userId)
                .flatMap(asOf -> pauses.of(List.of(userId))
                        .map(found -> new State(asOf.at(), found.getOrDefault(userId, Pauses.NONE))));
    }

    @Override
    public Mono<Dated<SetSettings>> settings(UUID userId) {
        return dated(
                userId,
                database.sql(SETTINGS)
                        .bind(0, userId)
                        .map(row -> new SetSettings(
                                decode(row, "settings", AutonomySettings.class),
                                required(row, "settings_version", Long.class)))
                        .one()
                        .defaultIfEmpty(SetSettings.NONE));
    }

    @Override
    public Mono<Dated<List<WrittenPolicy>>> policies(UUID userId) {
        return dated(
                userId,
                database.sql(POLICIES)
                        .bind(0, userId)
                        .map(row -> new WrittenPolicy(
                                decode(row, "policy", Policy.class), required(row, "version", Long.class)))
                        .all()
                        .collectSortedList(Comparator.comparing(
                                WrittenPolicy::policy,
                                Comparator.comparingInt(Policy::priority)
                                        .reversed()
                                        .thenComparing(Policy::policyId))));
    }

    @Override
    public Mono<List<PastDecision>> lastDecisions(UUID userId, int limit) {
        return database.guard(database.sql(PAST)
                .bind(0, userId)
                .bind(1, limit)
                .map(row -> new PastDecision(
                        required(row, "decided_at", Instant.class),
                        decode(row, "action", Action.class),
                        decode(row, "verdict", Verdict.class),
                        TrustTier.ofWireName(required(row, "trust_tier", String.class))))
                .all()
                .collectList());
    }

    @Override
    public Mono<Approvals> approvals(UUID userId, Approvals.Query query) {
        return asOf(userId)
                .flatMap(asOf -> database.guard(queue(userId, query)
                        .map(PostgresAutonomy::approval)
                        .all()
                        .collectList()
                        .flatMap(found -> count(userId, query).map(count -> {
                            boolean more = found.size() > query.limit();
                            List<Approval> page = more ? found.subList(0, query.limit()) : found;
                            return new Approvals(asOf.at(), count, new ArrayList<>(page), more);
                        }))));
    }

    private Mono<Long> count(UUID userId, Approvals.Query query) {
        return database.sql(COUNT)
                .bind(0, userId)
                .bind(1, query.status())
                .map(row -> required(row, "count", Long.class))
                .one();
    }

    private GenericExecuteSpec queue(UUID userId, Approvals.Query query) {
        AutonomyModel.Approvals.After after = query.after();
        GenericExecuteSpec statement = database.sql(after == null ? FIRST : LATER)
                .bind(0, userId)
                .bind(1, query.status())
                // One more than asked for tells whether there is a next page.
                .bind(2, query.limit() + 1);
        return after == null ? statement : statement.bind(3, after.createdAt()).bind(4, after.approvalId());
    }

    @Override
    public Mono<Approval> approval(UUID userId, UUID approvalId) {
        return database.guard(database.sql(ONE)
                .bind(0, userId)
                .bind(1, approvalId)
                .map(PostgresAutonomy::approval)
                .one());
    }

    @Override
    public Mono<List<Pauses.Pause>> operatorPauses() {
        return pauses.operators();
    }

    @Override
    public Mono<Fleet> fleet() {
        return operatorPauses().flatMap(fleet::read);
    }

    private <T> Mono<Dated<T>> dated(UUID userId, Mono<T> statement) {
        return asOf(userId).flatMap(asOf -> database.guard(statement).map(found -> new Dated<>(asOf.at(), found)));
    }

    private record AsOf(@Nullable Instant at) {}

    private Mono<AsOf> asOf(UUID userId) {
        return freshness
                .of(userId)
                .flatMap(at -> database.guard(database.sql(FRESH)
                        .bind(0, at.own())
                        .bind(1, at.operator())
                        .map((Readable row) -> new AsOf(row.get(0, Instant.class)))
                        .one()));
    }

    private static Approval approval(Readable row) {
        return new Approval(
                required(row, "approval_id", UUID.class),
                required(row, "decision_id", UUID.class),
                decode(row, "action", Action.class),
                required(row, "action_hash", String.class),
                decode(row, "verdict", Verdict.class),
                required(row, "confirmation_level", String.class),
                required(row, "status", String.class),
                required(row, "requested_at", Instant.class),
                required(row, "expires_at", Instant.class),
                row.get("confirmation_token", UUID.class),
                time(row, "not_before"));
    }

    private static <T> T decode(Readable row, String column, Class<T> type) {
        return CODEC.decodeValue(type, required(row, column, String.class).getBytes(StandardCharsets.UTF_8));
    }
}
