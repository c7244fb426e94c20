package dev.lifeline.projector.rebuild;

import dev.lifeline.events.Operator;
import dev.lifeline.events.Topics;
import java.util.UUID;
import java.util.function.Predicate;

/** What is folded anew and compared: everything, or a part of it. */
public sealed interface Share {

    /** Everything. */
    record All() implements Share {
        @Override
        public boolean has(String topic, int partition, int partitions) {
            return true;
        }
    }

    /** What one user has, and of the log what the operator does too. */
    record OfUser(UUID userId) implements Share {
        @Override
        public boolean has(String topic, int partition, int partitions) {
            return partition == Topics.partitionOf(userId, partitions)
                    || topic.equals(Topics.AUTONOMY_EVENTS.name()) && isOperators(partition, partitions);
        }

        @Override
        public Predicate<String> keys() {
            return key -> key.equals(userId.toString()) || key.equals(Operator.KEY);
        }

        @Override
        public Predicate<String> connectors() {
            String prefix = userId + "/";
            return key -> key.startsWith(prefix);
        }
    }

    /**
     * What users have whose events lie in one partition of each topic; and what is nobody's, where the operator's lie there.
     * So each row is in one such share, and these read the log once together.
     */
    record OfPartition(int number) implements Share {
        @Override
        public boolean has(String topic, int partition, int partitions) {
            // Of an erased user nothing is kept of what is nobody's either, wherever that lies.
            return partition == number || topic.equals(Topics.USER_EVENTS.name()) && isOperators(number, partitions);
        }
    }

    /** Whether it needs that partition of a topic that has so many. */
    boolean has(String topic, int partition, int partitions);

    /** Which records of these it needs. */
    default Predicate<String> keys() {
        return key -> true;
    }

    /** Which records of {@code lifeline.connector.health} it needs. */
    default Predicate<String> connectors() {
        return key -> true;
    }

    /** The parts in which the log has something that it needs. */
    default Cut of(Cut cut) {
        int partitions = cut.partitions();
        return new Cut(cut.parts().stream()
                .filter(part -> has(part.topic(), part.partition(), partitions))
                .toList());
    }

    /** Whether what the operator does lies in that partition. */
    static boolean isOperators(int partition, int partitions) {
        return partition == Topics.partitionOf(Operator.ID, partitions);
    }
}
