package dev.lifeline.runtime;

/** Feeds a {@link CommandHandler}. */
public final class CommandConsumer {
    private CommandConsumer() {}
}
