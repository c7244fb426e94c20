package dev.lifeline.embedded;

import static java.util.Map.entry;

import java.util.Map;

/** Kafka's settings for one node on a small machine, each with its reason. */
final class SmallNode {

    static final Map<String, String> SETTINGS = Map.ofEntries(
            // A topic that nobody declared is a mistake, and a silent one when it is created.
            entry("auto.create.topics.enable", "false"),
            // There is one node: its internal topics can not have more replicas than that.
            entry("default.replication.factor", "1"),
            entry("min.insync.replicas", "1"),
            entry("offsets.topic.replication.factor", "1"),
            entry("transaction.state.log.replication.factor", "1"),
            entry("transaction.state.log.min.isr", "1"),
            entry("share.coordinator.state.topic.replication.factor", "1"),
            entry("share.coordinator.state.topic.min.isr", "1"),
            // Fifty partitions of committed offsets are for hundreds of groups; each costs files and start-up time.
            entry("offsets.topic.num.partitions", "4"),
            entry("transaction.state.log.num.partitions", "1"),
            entry("share.coordinator.state.topic.num.partitions", "1"),
            // Groups of one member have nobody to wait for.
            entry("group.initial.rebalance.delay.ms", "0"),
            // After a kill the restarted node waits out its old session before it may register again.
            entry("broker.session.timeout.ms", "3000"),
            entry("broker.heartbeat.interval.ms", "500"),
            // The defaults are made for servers: 128 MB of memory for compaction alone.
            entry("log.cleaner.dedupe.buffer.size", "2097152"),
            entry("log.cleaner.io.buffer.size", "262144"),
            entry("log.segment.bytes", "67108864"),
            entry("log.index.size.max.bytes", "1048576"),
            entry("num.network.threads", "2"),
            entry("num.io.threads", "4"),
            entry("num.recovery.threads.per.data.dir", "2"),
            entry("background.threads", "2"),
            entry("metadata.log.segment.bytes", "16777216"),
            entry("metadata.max.retention.bytes", "33554432"));

    private SmallNode() {}
}
