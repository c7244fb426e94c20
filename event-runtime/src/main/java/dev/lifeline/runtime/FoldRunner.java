package dev.lifeline.runtime;

/** Runs a {@link Fold}. */
public final class FoldRunner {
    private FoldRunner() {}
}
