package dev.lifeline.bench.decide;

import dev.lifeline.bench.Quantiles;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long each kind of request took, in milliseconds, and how many were answered with which other status than they should. */
final class Figures {

    final Queue<Double> proposals = new ConcurrentLinkedQueue<>();
    final Queue<Double> admissions = new ConcurrentLinkedQueue<>();
    final Queue<Double> completions = new ConcurrentLinkedQueue<>();
    final Map<Integer, Integer> failures = new ConcurrentHashMap<>();

    static Quantiles of(Queue<Double> millis) {
        return new Quantiles(millis.stream().mapToDouble(each -> each).toArray());
    }
}
