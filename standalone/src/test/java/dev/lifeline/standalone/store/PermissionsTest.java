package dev.lifeline.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** Whoever runs a cluster gives what is given here. */
class PermissionsTest {

    @Test
    void are_those_that_operators_are_told_to_give() throws Exception {
        assertThat(Files.readString(Path.of("../docs/deploy.md"))).contains(table());
    }

    /** A line for each user and what it may, in the order of the code. */
    private static String table() {
        Map<String, TreeSet<String>> lines = new LinkedHashMap<>();
        for (AclBinding each : Permissions.all()) {
            // who may read or write may describe
            if (each.entry().operation() != AclOperation.DESCRIBE) {
                lines.computeIfAbsent(who(each), line -> new TreeSet<>())
                        .add("`" + each.pattern().name() + "`");
            }
        }
        return lines.entrySet().stream()
                .map(line -> line.getKey() + String.join(", ", line.getValue()) + " |\n")
                .collect(Collectors.joining());
    }

    private static String who(AclBinding binding) {
        String user = binding.entry().principal().replaceFirst("^User:", "");
        boolean group = binding.pattern().resourceType() == ResourceType.GROUP;
        assertThat(binding.pattern().patternType()).isEqualTo(group ? PatternType.PREFIXED : PatternType.LITERAL);
        String operation = binding.entry().operation().name().toLowerCase(Locale.ROOT);
        return "| `" + user + "` | " + operation + " | " + (group ? "groups that begin with " : "");
    }
}
