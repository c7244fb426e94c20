package dev.lifeline.bench;

import java.nio.file.Path;

/** A benchmark, with its peers. */
public interface Benchmark {

    /** Runs; prints how it gets on. */
    Report.Section run(Settings settings) throws Exception;

    /**
     * What a run is given.
     *
     * @param root the directory of the script {@code lifeline}
     * @param scratch a directory for data, empty
     * @param peers where the peers' libraries are
     * @param repetitions how often each contestant runs; the median counts
     * @param scale what part of the work is done; 1 for figures that count
     */
    record Settings(Path root, Path scratch, Path peers, int repetitions, double scale) {}
}
