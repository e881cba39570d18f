package io.carillon.benchmarks;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Takes the middle one of several figures: one round that was disturbed changes nothing. */
final class Medians {

    private Medians() {}

    static <T> double of(Collection<T> samples, ToDoubleFunction<T> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("There is no median of nothing");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
