package io.carillon.local.cost;

import java.util.Arrays;
import java.util.List;

/**
 * A priced usage, as AWS would bill it.
 *
 * @param lines what was used at all, in the order of {@link Billed}
 */
public record Bill(List<Line> lines) {

    /**
     * One line.
     *
     * @param units how many
     * @param price for how much
     * @param dollars what they cost together
     */
    public record Line(Billed item, double units, Price price, double dollars) {}

    /** Copies the lines. */
    public Bill {
        lines = List.copyOf(lines);
    }

    /** Prices a usage. */
    public static Bill of(Usage usage, PriceList prices) {
        return new Bill(Arrays.stream(Billed.values())
                .filter(item -> usage.of(item) > 0)
                .map(item -> {
                    Price price = prices.of(item);
                    return new Line(item, usage.of(item), price, price.of(usage.of(item)));
                })
                .toList());
    }

    /** Gives how many units of one thing were used; 0 if it is not on the bill. */
    double units(Billed item) {
        return lines.stream()
                .filter(line -> line.item() == item)
                .mapToDouble(Line::units)
                .sum();
    }

    /** Sums up, in US dollars. */
    public double total() {
        return lines.stream().mapToDouble(Line::dollars).sum();
    }

    /** Sums up what API Gateway itself charges, in US dollars. */
    public double apiGateway() {
        return lines.stream()
                .filter(line -> line.item().isApiGateway())
                .mapToDouble(Line::dollars)
                .sum();
    }
}
