package dev.lifeline.policy.whatif;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lifeline.events.Codec;
import dev.lifeline.events.Policy;
import dev.lifeline.events.UnreadableMessageException;
import dev.lifeline.events.rule.MalformedException;
import dev.lifeline.events.rule.RulePolicy;
import dev.lifeline.events.rule.RuleReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Policies that are to be tried.
 *
 * @param instead whether they stand in place of all that the user had; else they come beside those, and in place of the one of
 *     the same id
 */
public record Proposed(List<RulePolicy> policies, boolean instead) {

    private static final Codec CODEC = new Codec();

    public Proposed {
        policies = List.copyOf(policies);
    }

    private record Written(
            @Nullable UUID policyId,
            String name,
            @Nullable String description,
            int priority,
            boolean enabled,
            List<Policy.Rule> rules) {}

    private record Several(List<Written> items) {}

    private record Either(@Nullable Object items) {}

    /**
     * What a file says: one policy, as {@code PUT .../policies/{policyId}} takes it, with its {@code policyId} where it stands
     * in place of a known one; or all, as a list or as {@code GET .../policies} answers.
     *
     * @throws IllegalArgumentException naming the field and the remedy
     */
    public static Proposed read(byte[] json) {
        try {
            if (startsWithList(json)) {
                return new Proposed(several(wrapped(json), ""), true);
            }
            boolean all = CODEC.decodeValue(Either.class, json).items() != null;
            return all
                    ? new Proposed(several(json, "items"), true)
                    : new Proposed(List.of(policy(CODEC.decodeValue(Written.class, json), 0, "")), false);
        } catch (UnreadableMessageException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + "; write a policy as PUT .../policies takes it, or a list of such", e);
        }
    }

    /** The policies that count, given those that counted then. */
    public List<RulePolicy> over(List<RulePolicy> then) {
        Set<UUID> replaced = policies.stream().map(RulePolicy::policyId).collect(Collectors.toUnmodifiableSet());
        Stream<RulePolicy> kept =
                instead ? Stream.of() : then.stream().filter(policy -> !replaced.contains(policy.policyId()));
        return Stream.concat(kept, policies.stream())
                .filter(RulePolicy::enabled)
                .sorted(RulePolicy.IN_ORDER)
                .toList();
    }

    /** Whether what that policy said then matters. */
    public boolean keeps(UUID policyId) {
        return !instead
                && policies.stream().noneMatch(policy -> policy.policyId().equals(policyId));
    }

    private static List<RulePolicy> several(byte[] json, String at) {
        List<Written> items;
        try {
            items = CODEC.decodeValue(Several.class, json).items();
        } catch (UnreadableMessageException e) {
            throw new UnreadableMessageException(String.valueOf(e.getMessage()).replaceFirst("^items(?=\\[)", at));
        }
        List<RulePolicy> policies = new ArrayList<>();
        for (int place = 0; place < items.size(); place++) {
            RulePolicy policy = policy(items.get(place), place, at + "[" + place + "].");
            if (policies.stream().anyMatch(other -> other.policyId().equals(policy.policyId()))) {
                throw new IllegalArgumentException(
                        at + "[" + place + "].policyId stands there twice; give each policy one of its own, or none");
            }
            policies.add(policy);
        }
        return policies;
    }

    /** One without an id gets one by its place, so that the order of the list counts among equals. */
    private static RulePolicy policy(Written written, int place, String at) {
        try {
            return RuleReader.read(
                    new Policy(
                            Objects.requireNonNullElse(written.policyId(), new UUID(0, place)),
                            written.name(),
                            Objects.requireNonNullElse(written.description(), ""),
                            written.priority(),
                            written.enabled(),
                            written.rules()),
                    0);
        } catch (MalformedException e) {
            throw new IllegalArgumentException(at + e.getMessage(), e);
        }
    }

    private static boolean startsWithList(byte[] json) {
        for (byte each : json) {
            if (!Character.isWhitespace(each)) {
                return each == '[';
            }
        }
        return false;
    }

    private static byte[] wrapped(byte[] list) {
        byte[] before = "{\"items\":".getBytes(US_ASCII);
        byte[] object = Arrays.copyOf(before, before.length + list.length + 1);
        System.arraycopy(list, 0, object, before.length, list.length);
        object[object.length - 1] = '}';
        return object;
    }
}
