package io.carillon.local.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 90s}, {@code 15m}, {@code 1h30m} or {@code 7d}. */
final class Durations implements ITypeConverter<Duration> {

    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    @Override
    public Duration convert(String text) {
        Matcher matcher = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            sum = plus(sum, matcher.group(1), matcher.group(2))
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is longer than 292 years"));
            end = matcher.end();
        }
        if (end == 0 || end != text.length()) {
            throw new TypeConversionException("'" + text + "' is not a duration: write 90s, 15m, 1h or 7d");
        }
        return sum;
    }

    /** Empty for what does not fit a {@code long} of nanoseconds, which is what durations are reckoned with. */
    private static Optional<Duration> plus(Duration sum, String digits, String unit) {
        try {
            long count = Long.parseLong(digits);
            Duration longer = sum.plus(
                    switch (unit) {
                        case "ms" -> Duration.ofMillis(count);
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
            return Optional.of(longer.toNanos()).map(Duration::ofNanos);
        } catch (NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
