package dev.lifeline.runtime;

import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Something that reads a topic in the background, and whose health concerns readiness. */
public sealed interface EventConsumer extends SmartLifecycle permits FoldRunner, CommandConsumer {

    /** What it is called; the consumer group's name. */
    String name();

    /** Why nobody should rely on it, as sentences for an operator; empty when all is well. */
    List<String> complaints();
}
