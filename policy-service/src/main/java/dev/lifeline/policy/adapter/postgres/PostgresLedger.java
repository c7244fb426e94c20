package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Condition;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Policy;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.policy.application.Autonomy;
import dev.lifeline.policy.application.Ledger;
import dev.lifeline.policy.application.OperatorPause;
import dev.lifeline.policy.application.Standing;
import dev.lifeline.policy.domain.Decision;
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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
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

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final BrakeTables.Bounds bounds;
    private final BrakeTables brake;
    private final AutonomyTable autonomy;
    private final PolicyTable policies;
    private final SpendTable spend;
    private final DecisionTable decisions;
    private final List<ActionEvent> told = new ArrayList<>();

    PostgresLedger(Connection tx, BrakeTables.Bounds bounds) {
        this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(tx, true));
        this.client = JdbcClient.create(jdbc);
        this.bounds = bounds;
        this.brake = new BrakeTables(client, bounds);
        this.autonomy = new AutonomyTable(client);
        this.policies = new PolicyTable(client);
        this.spend = new SpendTable(client);
        this.decisions = new DecisionTable(client);
    }

    /** What is to be told once the transaction has committed. */
    List<ActionEvent> told() {
        return told;
    }

    @Override
    public void hold(UUID userId) {
        // Two statements sent as one, for which of two in one statement is taken first is not said anywhere.
        String shared = lockBy("pg_advisory_xact_lock_shared");
        jdbc.execute(shared + ";" + shared, (PreparedStatementCallback<Boolean>) statement -> {
            statement.setString(1, Operator.ID.toString());
            statement.setString(2, userId.toString());
            return statement.execute();
        });
    }

    @Override
    public void holdExclusively(Collection<UUID> users) {
        lock("pg_advisory_xact_lock_shared", Operator.ID);
        users.stream().distinct().sorted().forEach(user -> lock("pg_advisory_xact_lock", user));
    }

    @Override
    public void holdEverything() {
        lock("pg_advisory_xact_lock", Operator.ID);
    }

    @Override
    public long next() {
        return client.sql("SELECT nextval('happening')").query(Long.class).single();
    }

    @Override
    public Autonomy autonomy(UUID userId) {
        return autonomy.autonomy(userId);
    }

    @Override
    public void save(UUID userId, Autonomy changed) {
        addUser(userId);
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
    public Standing standing(UUID userId) {
        return Objects.requireNonNull(jdbc.execute((Connection tx) -> new StandingReader(tx, bounds).read(userId)));
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
    public void save(UUID userId, Policy policy, long version) {
        addUser(userId);
        policies.save(userId, policy, version);
    }

    @Override
    public boolean removePolicy(UUID userId, UUID policyId) {
        return policies.removePolicy(userId, policyId);
    }

    @Override
    public Optional<Condition> connector(UUID userId, String name) {
        return client.sql("SELECT condition FROM connector WHERE user_id = ? AND name = ?")
                .params(userId, name)
                .query(String.class)
                .optional()
                .map(Condition::ofWireName);
    }

    @Override
    public long spent(UUID userId, LocalDate day) {
        return spend.spent(userId, day);
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
    public Optional<Decision> decisionOn(UUID userId, UUID actionId) {
        return decisions.decisionOn(userId, actionId);
    }

    @Override
    public Optional<UUID> userOf(UUID decisionId) {
        return decisions.userOf(decisionId);
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
    public boolean add(Decision decision) {
        return decisions.add(decision);
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
    public void reconsiderAll() {
        decisions.reconsiderAll();
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

    private void lock(String function, UUID whose) {
        client.sql(lockBy(function))
                .param(whose.toString())
                .query((row, n) -> whose)
                .single();
    }

    private static String lockBy(String function) {
        return "SELECT " + function + "(hashtextextended(current_schema() || '/control/' || ?, 0))";
    }

    private void addUser(UUID userId) {
        client.sql("INSERT INTO users (user_id) VALUES (?) ON CONFLICT DO NOTHING")
                .param(userId)
                .update();
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
