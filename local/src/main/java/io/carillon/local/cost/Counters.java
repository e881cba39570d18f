package io.carillon.local.cost;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;

/** Adds up units of each thing. Safe for use by several threads. */
final class Counters {

    private final Map<Billed, DoubleAdder> sums = new EnumMap<>(Billed.class);

    Counters() {
        for (Billed item : Billed.values()) {
            sums.put(item, new DoubleAdder());
        }
    }

    void add(Billed item, double units) {
        sums.get(item).add(units);
    }

    /** Adds one unit for each {@code size} bytes or part of them, and at least one. */
    void addSized(Billed item, long bytes, int size) {
        add(item, units(bytes, size));
    }

    static long units(long bytes, int size) {
        return Math.max(1, Math.ceilDiv(bytes, size));
    }

    Map<Billed, Double> sums() {
        Map<Billed, Double> units = new EnumMap<>(Billed.class);
        sums.forEach((item, sum) -> units.put(item, sum.sum()));
        return units;
    }
}
