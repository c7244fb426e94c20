package dev.lifeline.query;

import dev.lifeline.events.Action;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Effect;
import dev.lifeline.events.Policy;
import dev.lifeline.events.Provenance;
import dev.lifeline.events.Urgency;
import dev.lifeline.events.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the projector would write of pauses, policies, decisions and approvals. */
public record AutonomyRows(ReadModelTables tables) {

    private static final Codec CODEC = new Codec();

    /** A user's pause, in force from now on. */
    public void paused(UUID user, @Nullable String reason, long version) {
        knows(user);
        tables.execute(
                "INSERT INTO autonomy_state (user_id, paused, paused_at, pause_reason, pause_version) VALUES ('%s',"
                                .formatted(user)
                        + " true, now(), " + quoted(reason) + ", " + version
                        + ") ON CONFLICT (user_id) DO UPDATE SET paused = true,"
                        + " paused_at = now(), pause_reason = excluded.pause_reason, pause_version = excluded.pause_version");
    }

    public void resumed(UUID user) {
        tables.execute(
                "UPDATE autonomy_state SET paused = false, paused_at = NULL, pause_reason = NULL WHERE user_id = '"
                        + user + "'");
    }

    /** The operator's pause. */
    public void operatorPaused(String kind, String value, @Nullable String reason, long version) {
        tables.execute("INSERT INTO operator_pause VALUES ('%s', '%s', true, now(), '%s', %s, %d)"
                .formatted(kind, value, TestIssuer.People.OPS.id(), quoted(reason), version));
    }

    /** A command that could not be read; whom it concerns is not always known. */
    public void unreadable(@Nullable UUID concerns, int partition) {
        tables.execute(
                "INSERT INTO unreadable_command VALUES ('lifeline.autonomy.commands', %d, 1, %s, 'no JSON', now())"
                        .formatted(partition, concerns == null ? "NULL" : "'" + concerns + "'"));
    }

    /** What became of a command. */
    public void answered(UUID user, UUID commandId, @Nullable String code, @Nullable String reason) {
        knows(user);
        tables.execute(
                "INSERT INTO command (user_id, command_id, state, code, reason, at) VALUES ('%s', '%s', '%s', %s, %s, now())"
                        .formatted(user, commandId, code == null ? "done" : "rejected", quoted(code), quoted(reason)));
        tables.tell(user.toString());
    }

    public void policy(UUID user, Policy policy) {
        knows(user);
        tables.execute("INSERT INTO policy (user_id, policy_id, version, policy) VALUES ('%s', '%s', 1, %s)"
                .formatted(user, policy.policyId(), json(policy)));
    }

    /** A decision about that action, made so many seconds ago. */
    public void decided(UUID user, UUID decisionId, Action action, int secondsAgo, Verdict.Finding... findings) {
        knows(user);
        tables.execute(
                ("INSERT INTO decision (decision_id, user_id, action_id, action_type, action, action_hash, verdict,"
                                + " trust_tier, revision, state, decided_at, changed_at, expires_at, sequence) VALUES ('%s', '%s',"
                                + " '%s', '%s', %s, 'hash', %s, 'suggest', 1, 'waiting', now() - interval '%d seconds', now(),"
                                + " now() + interval '1 day', 1)")
                        .formatted(
                                decisionId,
                                user,
                                action.actionId(),
                                action.actionType(),
                                json(action),
                                json(Verdict.of(List.of(findings))),
                                secondsAgo));
    }

    /** A request for approval of a decision, of the same id. */
    public void asked(UUID user, UUID decisionId, String confirmationLevel) {
        tables.execute(
                ("INSERT INTO approval (approval_id, user_id, decision_id, action_hash, confirmation_level, reason,"
                                + " status, requested_at, expires_at, sequence) VALUES ('%s', '%s', '%s', 'hash', '%s', 'first_reason',"
                                + " 'pending', clock_timestamp(), now() + interval '1 day', 2)")
                        .formatted(decisionId, user, decisionId, confirmationLevel));
    }

    /** What became of a request. */
    public void approval(UUID approvalId, String change) {
        tables.execute("UPDATE approval SET " + change + " WHERE approval_id = '" + approvalId + "'");
    }

    public static Action action(String domain, String description) {
        return new Action(
                UUID.randomUUID(),
                domain + ".archive",
                description,
                domain,
                null,
                Map.of("folder", "Archive"),
                0L,
                true,
                Provenance.USER_ORIGINATED,
                Urgency.NORMAL,
                null);
    }

    public static Verdict.Finding approval(String code) {
        return new Verdict.Finding(code, Effect.REQUIRE_APPROVAL, code, null);
    }

    private void knows(UUID user) {
        tables.execute("INSERT INTO users VALUES ('" + user + "') ON CONFLICT DO NOTHING");
    }

    private static String json(Object value) {
        return quoted(new String(CODEC.encodeValue(value), StandardCharsets.UTF_8));
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
    }
}
