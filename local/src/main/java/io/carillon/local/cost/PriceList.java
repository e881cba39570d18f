package io.carillon.local.cost;

import io.carillon.local.files.StrictYaml;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The prices of all that is billed, in one Region and without free tiers or volume discounts.
 *
 * @param region the Region they hold for
 * @param prices one for each of {@link Billed}
 */
public record PriceList(String region, Map<Billed, Price> prices) {

    /** Checks that no price is missing. */
    public PriceList {
        Map<Billed, Price> given = prices;
        List<String> missing = Arrays.stream(Billed.values())
                .filter(item -> given.get(item) == null)
                .map(Billed::key)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("has no price for " + String.join(", ", missing));
        }
        prices = Map.copyOf(prices);
    }

    /** Gives the list that comes with this release, of us-east-1. */
    public static PriceList standard() {
        return StrictYaml.resource(PriceList.class, "prices.yaml", PriceList.class);
    }

    /**
     * Reads another list.
     *
     * @throws IllegalArgumentException if it cannot be read or is not whole
     */
    public static PriceList read(Path file) {
        return StrictYaml.read(file, PriceList.class);
    }

    /** Gives the price of one thing. */
    public Price of(Billed item) {
        return prices.get(item);
    }
}
