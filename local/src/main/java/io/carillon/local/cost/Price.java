package io.carillon.local.cost;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * The price of one thing, and where it was read.
 *
 * @param dollars what {@code per} units cost, in US dollars; 0 or more
 * @param per how many units the price is for; 1 or more
 * @param source who says so
 * @param date the day of the source, such as {@code 2024-11-15}
 */
public record Price(double dollars, long per, String source, String date) {

    /** Checks that it is a price. */
    public Price {
        if (!(dollars >= 0) || Double.isInfinite(dollars)) {
            throw new IllegalArgumentException("dollars must be 0 or more, not " + dollars);
        }
        if (per < 1) {
            throw new IllegalArgumentException("per must be 1 or more, not " + per);
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("source must say where the price was read");
        }
        requireDay(date);
    }

    private static void requireDay(String date) {
        try {
            LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("date must be a day such as '2024-11-15', not '" + date + "'", e);
        }
    }

    /** Prices a number of units, in US dollars. */
    public double of(double units) {
        return units * dollars / per;
    }
}
