package dev.lifeline.bench.decide;

import dev.lifeline.bench.policy.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** As many at once as there are connections, each beginning anew as soon as it has an answer. */
final class FullSpeed {

    private static final double NANOS = 1e9;

    private FullSpeed() {}

    /** One turn; how many requests that were. */
    private interface Turn {
        int take(int who) throws Exception;
    }

    /** Requests a second. */
    static double agents(Stage stage, int seconds) throws Exception {
        return run(seconds, who -> {
            Agent agent = stage.agent(who);
            Agent.Answer answer = agent.propose(stage.instance());
            if (answer.status() != 200) {
                return 0;
            }
            String decision = answer.text("decisionId");
            agent.admit(stage.instance(), decision);
            agent.complete(stage.instance(), decision);
            return 3;
        });
    }

    /** Commits a second. */
    static double commits(BareCommits bare, int seconds) throws Exception {
        return run(seconds, who -> {
            bare.commit(who);
            return 1;
        });
    }

    private static double run(int seconds, Turn turn) throws Exception {
        long start = System.nanoTime();
        long end = start + (long) (seconds * NANOS);
        List<Future<Long>> counts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(Stage.CONNECTIONS)) {
            for (int i = 0; i < Stage.CONNECTIONS; i++) {
                int who = i;
                counts.add(threads.submit(() -> {
                    long count = 0;
                    while (System.nanoTime() < end) {
                        count += turn.take(who);
                    }
                    return count;
                }));
            }
        }
        long sum = 0;
        for (Future<Long> count : counts) {
            sum += count.get();
        }
        return sum / ((System.nanoTime() - start) / NANOS);
    }
}
