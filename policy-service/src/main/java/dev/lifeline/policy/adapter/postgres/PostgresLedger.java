package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.policy.application.Autonomy;
import dev.lifeline.policy.application.Ledger;
import dev.lifeline.policy.application.OperatorPause;
import dev.lifeline.policy.application.Standing;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.runtime.Statements;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The state in one transaction of PostgreSQL, which somebody else opens and commits. Names are looked up through the search
 * path.
 *
 * <p>The control state is held by advisory locks, not by locks on rows: those let a stream of sharers starve whoever wants a
 * row for himself, and each sharer writes to it. These queue, and are kept in memory. They end after the transaction has
 * become visible, and every statement behind them sees what was committed before.
 */
public final class PostgresLedger implements Ledger {

    static final Codec CODEC = new Codec();

    /** Takes a lock until the transaction has ended: an id is its parameter. */
    static final String SHARED = lockBy("pg_advisory_xact_lock_shared");

    static final String ADD_USER = "INSERT INTO users (user_id) VALUES (?) ON CONFLICT DO NOTHING";

    private static final String EXCLUSIVE = lockBy("pg_advisory_xact_lock");

    private final Trip trip;
    private final JdbcClient client;
    private final StandingReader standing;
    private final BrakeTables brake;
    private final AutonomyTable autonomy;
    private final PolicyTable policies;
    private final SpendTable spend;
    private final DecisionTable decisions;
    private final List<ActionEvent> told = new ArrayList<>();

    PostgresLedger(Connection tx, BrakeTables.Bounds bounds) {
        this.trip = new Trip(tx);
        this.client = JdbcClient.create(new SingleConnectionDataSource(tx, true));
        this.standing = new StandingReader(trip, bounds);
        this.brake = new BrakeTables(client, bounds);
        this.autonomy = new AutonomyTable(trip);
        this.policies = new PolicyTable(client);
        this.spend = new SpendTable(trip);
        this.decisions = new DecisionTable(trip);
    }

    /** What waits to be written, and has to be before the transaction ends. */
    Statements waiting() {
        return trip.statements();
    }

    /** What is to be told once the transaction has committed. */
    List<ActionEvent> told() {
        return told;
    }

    @Override
    public Standing hold(UUID userId, Instant now) {
        return standing.hold(userId, now);
    }

    @Override
    public void holdExclusively(Collection<UUID> users) {
        trip.add(SHARED, Operator.ID.toString());
        users.stream().distinct().sorted().forEach(user -> trip.add(EXCLUSIVE, user.toString()));
        trip.send();
    }

    @Override
    public void holdEverything() {
        trip.add(EXCLUSIVE, Operator.ID.toString()).send();
    }

    @Override
    public long next() {
        return decisions.next();
    }

    @Override
    public Autonomy autonomy(UUID userId) {
        return autonomy.autonomy(userId);
    }

    @Override
    public void save(UUID userId, Autonomy changed) {
        autonomy.save(userId, changed);
    }

    @Override
    public List<OperatorPause> operatorPauses() {
        return brake.operatorPauses();
    }

    @Override
    public void save(OperatorPause pause) {
        brake.save(pause);
    }

    @Override
    public boolean leverPulledAnywhere() {
        return brake.leverPulledAnywhere();
    }

    @Override
    public Standing standing(UUID userId, Instant now) {
        return standing.read(userId, now);
    }

    @Override
    public void noteUnreadable(SourcePosition at, @Nullable UUID concerns, String reason, long sequence) {
        brake.noteUnreadable(at, concerns, reason, sequence);
    }

    @Override
    public boolean resolveUnreadable(SourcePosition at) {
        return brake.resolveUnreadable(at);
    }

    @Override
    public int countPolicies(UUID userId) {
        return policies.countPolicies(userId);
    }

    @Override
    public Optional<Long> policyVersion(UUID userId, UUID policyId) {
        return policies.version(userId, policyId);
    }

    @Override
    public void save(UUID userId, Policy policy, long version) {
        addUser(userId);
        policies.save(userId, policy, version);
    }

    @Override
    public Optional<Policy> removePolicy(UUID userId, UUID policyId) {
        return policies.removePolicy(userId, policyId);
    }

    @Override
    public long spentAlone(UUID userId, LocalDate day) {
        return spend.spentAlone(userId, day);
    }

    @Override
    public void spend(UUID userId, LocalDate day, long cents) {
        spend.spend(userId, day, cents);
    }

    @Override
    public Optional<Decision> takeByAction(UUID userId, UUID actionId) {
        return decisions.takeByAction(userId, actionId);
    }

    @Override
    public Optional<UUID> userToReconsider(UUID decisionId) {
        return decisions.userToReconsider(decisionId);
    }

    @Override
    public Optional<Decision> take(UUID userId, UUID decisionId) {
        return decisions.take(userId, decisionId);
    }

    @Override
    public Optional<Decision> take(UUID decisionId) {
        return decisions.take(decisionId);
    }

    @Override
    public Optional<Decision> takeByApproval(UUID approvalId) {
        return decisions.takeByApproval(approvalId);
    }

    @Override
    public void add(Decision decision) {
        decisions.add(decision);
    }

    @Override
    public void save(Decision decision) {
        decisions.save(decision);
    }

    @Override
    public void reconsider(UUID userId) {
        decisions.reconsider(userId);
    }

    @Override
    public boolean answered(UUID commandId) {
        return client.sql("INSERT INTO handled_command (command_id) VALUES (?) ON CONFLICT DO NOTHING")
                        .param(commandId)
                        .update()
                > 0;
    }

    @Override
    public void tell(ActionEvent event) {
        told.add(event);
    }

    private static String lockBy(String function) {
        return "SELECT " + function + "(hashtextextended(current_schema() || '/control/' || ?, 0))";
    }

    private void addUser(UUID userId) {
        client.sql(ADD_USER).param(userId).update();
    }

    static String json(Object value) {
        return new String(CODEC.encodeValue(value), StandardCharsets.UTF_8);
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static PauseScope scope(ResultSet row) throws SQLException {
        String value = row.getString("value");
        return new PauseScope(PauseScope.Kind.ofWireName(row.getString("kind")), value.isEmpty() ? null : value);
    }
}
