package io.carillon.local.cost;

import java.util.EnumMap;
import java.util.Map;

/** How many units of each thing were used; 0 of those that are not named. Immutable. */
public final class Usage {

    private final Map<Billed, Double> units;

    private Usage(Map<Billed, Double> units) {
        this.units = new EnumMap<>(units);
    }

    /** Holds these units. */
    public static Usage of(Map<Billed, Double> units) {
        Map<Billed, Double> copy = new EnumMap<>(Billed.class);
        copy.putAll(units);
        return new Usage(copy);
    }

    /** Gives the units of one thing. */
    public double of(Billed item) {
        return units.getOrDefault(item, 0.0);
    }

    /** Gives what was used since an earlier reading of the same meter. */
    public Usage since(Usage earlier) {
        Map<Billed, Double> difference = new EnumMap<>(Billed.class);
        units.forEach((item, amount) -> difference.put(item, amount - earlier.of(item)));
        return new Usage(difference);
    }

    /** Gives the same with another amount of one thing. */
    Usage with(Billed item, double amount) {
        Map<Billed, Double> changed = new EnumMap<>(Billed.class);
        changed.putAll(units);
        changed.put(item, amount);
        return new Usage(changed);
    }

    /** Multiplies every amount. */
    public Usage times(double factor) {
        Map<Billed, Double> product = new EnumMap<>(Billed.class);
        units.forEach((item, amount) -> product.put(item, amount * factor));
        return new Usage(product);
    }
}
