package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.Policy;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code policy}. Each writing of a policy is read once, and not with each action; long ones are not kept. */
final class PolicyTable {

    private static final int MOST = 2_000;
    private static final int LONGEST_KEPT = 8_192;

    private record Writing(String json, long version) {}

    private static final Map<Writing, RulePolicy> READ = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Writing, RulePolicy> eldest) {
            return size() > MOST;
        }
    };

    private final JdbcClient client;

    PolicyTable(JdbcClient client) {
        this.client = client;
    }

    int countPolicies(UUID userId) {
        return client.sql("SELECT count(*) FROM policy WHERE user_id = ?")
                .param(userId)
                .query(Integer.class)
                .single();
    }

    Optional<Long> version(UUID userId, UUID policyId) {
        return client.sql("SELECT version FROM policy WHERE user_id = ? AND policy_id = ?")
                .params(userId, policyId)
                .query(Long.class)
                .optional();
    }

    void save(UUID userId, Policy policy, long version) {
        client.sql("""
                        INSERT INTO policy (user_id, policy_id, version, policy) VALUES (?, ?, ?, ?)
                        ON CONFLICT (user_id, policy_id) DO UPDATE SET version = excluded.version, policy = excluded.policy
                        """)
                .params(userId, policy.policyId(), version, PostgresLedger.json(policy))
                .update();
    }

    Optional<Policy> removePolicy(UUID userId, UUID policyId) {
        return client.sql("DELETE FROM policy WHERE user_id = ? AND policy_id = ? RETURNING policy")
                .params(userId, policyId)
                .query(String.class)
                .optional()
                .map(PolicyTable::policy);
    }

    static RulePolicy read(String json, long version) {
        if (json.length() > LONGEST_KEPT) {
            return RuleReader.read(policy(json), version);
        }
        Writing writing = new Writing(json, version);
        synchronized (READ) {
            return READ.computeIfAbsent(writing, unread -> RuleReader.read(policy(json), version));
        }
    }

    private static Policy policy(String json) {
        return PostgresLedger.CODEC.decodeValue(Policy.class, json.getBytes(StandardCharsets.UTF_8));
    }
}
