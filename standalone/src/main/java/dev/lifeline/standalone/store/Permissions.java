package dev.lifeline.standalone.store;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import dev.lifeline.events.Topic;
import dev.lifeline.events.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may read and write which topic. What is not said here is refused, to everybody but the operator.
 *
 * <p>Anybody may watch the health of connectors, without a group or in one of a name that no service's has: a subscriber
 * disturbs nobody but other subscribers.
 */
final class Permissions {

    private static final String ANYBODY = "ANONYMOUS";
    private static final String SUBSCRIBERS = "subscriber-";

    private Permissions() {}

    static List<AclBinding> all() {
        return Stream.of(
                        writes(Identity.POLLER, Topics.CONNECTOR_EVENTS),
                        reads(Identity.POLLER, Topics.CONNECTOR_COMMANDS),
                        writes(Identity.POLLER, Topics.deadLetters(Topics.CONNECTOR_COMMANDS)),
                        joins(Identity.POLLER, "lifeline-poller"),
                        reads(Identity.PROJECTOR, Topics.CONNECTOR_EVENTS),
                        writes(Identity.PROJECTOR, Topics.CONNECTOR_HEALTH),
                        reads(Identity.PROJECTOR, Topics.CONNECTOR_HEALTH),
                        writes(Identity.PROJECTOR, Topics.deadLetters(Topics.CONNECTOR_EVENTS)),
                        reads(Identity.PROJECTOR, Topics.AUTONOMY_EVENTS),
                        writes(Identity.PROJECTOR, Topics.deadLetters(Topics.AUTONOMY_EVENTS)),
                        reads(Identity.PROJECTOR, Topics.ACTION_EVENTS),
                        writes(Identity.PROJECTOR, Topics.deadLetters(Topics.ACTION_EVENTS)),
                        reads(Identity.PROJECTOR, Topics.USER_EVENTS),
                        writes(Identity.PROJECTOR, Topics.deadLetters(Topics.USER_EVENTS)),
                        joins(Identity.PROJECTOR, "lifeline-projector"),
                        reads(Identity.POLICY, Topics.AUTONOMY_COMMANDS),
                        writes(Identity.POLICY, Topics.deadLetters(Topics.AUTONOMY_COMMANDS)),
                        reads(Identity.POLICY, Topics.CONNECTOR_HEALTH),
                        writes(Identity.POLICY, Topics.deadLetters(Topics.CONNECTOR_HEALTH)),
                        writes(Identity.POLICY, Topics.AUTONOMY_EVENTS),
                        writes(Identity.POLICY, Topics.ACTION_EVENTS),
                        joins(Identity.POLICY, "lifeline-policy"),
                        writes(Identity.QUERY, Topics.CONNECTOR_COMMANDS),
                        writes(Identity.QUERY, Topics.AUTONOMY_COMMANDS),
                        topic(ANYBODY, READ, Topics.CONNECTOR_HEALTH),
                        topic(ANYBODY, DESCRIBE, Topics.CONNECTOR_HEALTH),
                        binding(ANYBODY, READ, ResourceType.GROUP, SUBSCRIBERS, PatternType.PREFIXED))
                .toList();
    }

    private static AclBinding reads(Identity who, Topic topic) {
        return topic(who.userName(), READ, topic);
    }

    private static AclBinding writes(Identity who, Topic topic) {
        return topic(who.userName(), WRITE, topic);
    }

    private static AclBinding joins(Identity who, String groupPrefix) {
        return binding(who.userName(), READ, ResourceType.GROUP, groupPrefix, PatternType.PREFIXED);
    }

    private static AclBinding topic(String user, AclOperation operation, Topic topic) {
        return binding(user, operation, ResourceType.TOPIC, topic.name(), PatternType.LITERAL);
    }

    private static AclBinding binding(
            String user, AclOperation operation, ResourceType type, String name, PatternType pattern) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
}
