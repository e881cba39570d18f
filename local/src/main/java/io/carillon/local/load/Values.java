package io.carillon.local.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of a scenario's settings, from files and from command lines alike. */
final class Values {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");

    private Values() {}

    /** What values a setting takes. */
    record Kind(String allowed, Function<Object, Optional<Object>> reader) {
        Optional<Object> read(Object value) {
            try {
                return reader.apply(value);
            } catch (ArithmeticException | NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /** From one number to another, both included. */
    record Range(int from, int to) {
        @Override
        public String toString() {
            return from == to ? String.valueOf(from) : from + ".." + to;
        }
    }

    static Kind whole(long min, long max) {
        String bounds = min == Long.MIN_VALUE ? "" : String.format(Locale.ROOT, " from %d to %d", min, max);
        return new Kind("a whole number" + bounds, value -> {
            long number = new BigDecimal(value.toString()).longValueExact();
            return Optional.<Object>of(number).filter(any -> number >= min && number <= max);
        });
    }

    static Kind decimal(double min, double max) {
        return new Kind(String.format(Locale.ROOT, "a number from %s to %s", plain(min), plain(max)), value -> {
            double number = new BigDecimal(value.toString()).doubleValue();
            return Optional.<Object>of(number).filter(any -> number >= min && number <= max);
        });
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    static Kind flag() {
        return new Kind("true or false", value -> switch (value.toString()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static Kind range(int min, int max) {
        String allowed = "a whole number from " + min + " to " + max + ", or two such as " + min + "..2000";
        return new Kind(allowed, value -> {
            Matcher matcher = RANGE.matcher(value.toString());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            int from = Integer.parseInt(matcher.group(1));
            int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
            return Optional.<Object>of(new Range(from, to)).filter(any -> min <= from && from <= to && to <= max);
        });
    }

    static Kind text(String pattern) {
        return new Kind(
                "a text that matches " + pattern,
                value -> Optional.of(value)
                        .filter(text ->
                                text instanceof String && text.toString().matches(pattern)));
    }

    static Kind oneOf(String... texts) {
        List<String> all = List.of(texts);
        return new Kind(
                "one of " + String.join(", ", all),
                value -> Optional.of(value).filter(text -> text instanceof String && all.contains(text)));
    }

    static Kind texts() {
        return new Kind(
                "a list of texts such as \"NAME key=value\"",
                value -> Optional.of(value)
                        .filter(list -> list instanceof List<?> all
                                && all.stream().allMatch(one -> one instanceof String text && !text.isBlank()))
                        .map(list -> List.copyOf((List<?>) list)));
    }
}
