package dev.lifeline.bench.fold;

/** One way of doing the work, or a part of it. */
interface Contestant {

    String name();

    /** Does it once. Returns events a second. */
    double run(Arena arena, Workload workload) throws Exception;
}
