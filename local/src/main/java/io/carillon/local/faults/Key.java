package io.carillon.local.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A setting of a fault: what its values look like. */
enum Key {
    FUNCTION(List.of("connect", "message", "disconnect", "api", "poll", "deliver", "heartbeat", "push")),
    CALLER(List.of("connect", "message", "disconnect", "api", "poll", "deliver", "heartbeat", "push", "poller")),
    HTTP_FUNCTION(List.of("api", "poll")),
    AT_STEP(Step.texts()),
    SERVICE(List.of("dynamodb", "sqs", "sns")),
    TABLE(List.of("connections", "subscriptions", "channels", "publications", "outboxes", "devices")),
    STATUS(List.of("429", "500", "503")),
    HTTP_STATUS(List.of("410", "429", "500", "503")),
    CONNECTION("an id of a connection", Pattern.compile("\\S+")),
    AGENT("a User-Agent that clients connected with", Pattern.compile("\\S+")),
    CONNECTIONS("a whole number from 1"),
    COUNT("a whole number from 1"),
    EVERY("a whole number from 1"),
    PROBABILITY("a number over 0, at most 1", Pattern.compile("0?\\.\\d*[1-9]\\d*|1(\\.0*)?")),
    PERIOD(Shape.DURATION, Shape.TIME),
    AT(Shape.DURATION, Shape.TIME),
    AFTER(Shape.DURATION, Shape.TIME),
    FROM(Shape.DURATION, Shape.TIME),
    FOR(Shape.DURATION, Shape.TIME),
    MAX(Shape.DURATION, Shape.TIME),
    BY(Shape.DURATION, Shape.TIME),
    DELAY(Shape.DURATION, Shape.TIME),
    JUMP(Shape.DURATION, Shape.TIME);

    /** What several keys have in common. */
    private static final class Shape {
        static final String DURATION = "a duration such as 200ms, 30s, 5m or 2h, up to 292 years";
        static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
        static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
    }

    private final String allowed;
    private final Pattern pattern;

    Key(String allowed, Pattern pattern) {
        this.allowed = allowed;
        this.pattern = pattern;
    }

    Key(String allowed) {
        this(allowed, Shape.NUMBER);
    }

    Key(List<String> values) {
        this("one of " + String.join(", ", values), Pattern.compile(String.join("|", values)));
    }

    /** How it is written: several keys may share a name in different faults. */
    String text() {
        return switch (this) {
            case CALLER, HTTP_FUNCTION -> "function";
            case HTTP_STATUS -> "status";
            case AT_STEP -> "at";
            case PERIOD -> "every";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    String allowed() {
        return allowed;
    }

    boolean takes(String value) {
        return pattern.matcher(value).matches() && (pattern != Shape.TIME || isReckonable(duration(value)));
    }

    /** Whether it fits a {@code long} of nanoseconds, which is what times are reckoned with. */
    private static boolean isReckonable(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) <= 0;
    }

    static Duration duration(String value) {
        Matcher matcher = Shape.TIME.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(value + " is not " + Shape.DURATION);
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    static Optional<Key> find(List<Key> among, String text) {
        return among.stream().filter(key -> key.text().equals(text)).findFirst();
    }
}
