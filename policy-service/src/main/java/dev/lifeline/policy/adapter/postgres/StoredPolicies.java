package dev.lifeline.policy.adapter.postgres;

import dev.lifeline.events.Policy;
import dev.lifeline.policy.domain.rule.RulePolicy;
import dev.lifeline.policy.domain.rule.RuleReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Policies as they were last read, so that each writing of one is read once and not with each action. Thread-safe. */
final class StoredPolicies {

    private static final int MOST = 2_000;

    private record Writing(String json, long version) {}

    private static final Map<Writing, RulePolicy> READ = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Writing, RulePolicy> eldest) {
            return size() > MOST;
        }
    };

    private StoredPolicies() {}

    static RulePolicy read(String json, long version) {
        Writing writing = new Writing(json, version);
        synchronized (READ) {
            return READ.computeIfAbsent(writing, unread -> RuleReader.read(policy(json), version));
        }
    }

    private static Policy policy(String json) {
        return PostgresLedger.CODEC.decodeValue(Policy.class, json.getBytes(StandardCharsets.UTF_8));
    }
}
