package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Says how often and at what time of its day a device may get notifications of a kind.
 *
 * <p>Source: {@code PushLimitStrategy} of Centrifugo PRO's push notification API.
 *
 * @param rateLimit how often
 * @param timeLimit at what time
 */
public record PushLimits(
        @JsonProperty("rate_limit") RateLimit rateLimit,
        @JsonProperty("time_limit") TimeLimit timeLimit) {

    /** Limits nothing. */
    public static final PushLimits NONE = new PushLimits(RateLimit.NONE, TimeLimit.NONE);

    public PushLimits {
        rateLimit = rateLimit == null ? RateLimit.NONE : rateLimit;
        timeLimit = timeLimit == null ? TimeLimit.NONE : timeLimit;
    }

    /**
     * Limits how often.
     *
     * @param key what is counted; empty for each device by itself
     * @param policies all of which must allow it
     * @param isDropped whether what is too much is never sent; otherwise it is sent later
     */
    public record RateLimit(
            String key,
            List<Policy> policies,
            @JsonProperty("drop_if_rate_limited") boolean isDropped) {

        /** Limits nothing. */
        public static final RateLimit NONE = new RateLimit("", List.of(), false);

        public RateLimit {
            key = Absent.text(key);
            policies = Absent.list(policies);
        }
    }

    /**
     * Allows so many in a time.
     *
     * @param rate how many
     * @param intervalMs in how many milliseconds
     */
    public record Policy(
            int rate, @JsonProperty("interval_ms") long intervalMs) {}

    /**
     * Limits when.
     *
     * @param after the earliest time of the device's day, {@code HH:MM:SS}
     * @param before the time from which it is too late
     * @param isSentWithoutZone whether a device without time zone gets it at once; otherwise never
     */
    public record TimeLimit(
            @JsonProperty("send_after_time") String after,
            @JsonProperty("send_before_time") String before,
            @JsonProperty("no_tz_send_now") boolean isSentWithoutZone) {

        /** Limits nothing. */
        public static final TimeLimit NONE = new TimeLimit("", "", false);

        public TimeLimit {
            after = Absent.text(after);
            before = Absent.text(before);
        }

        /** Whether it limits anything. */
        public boolean isOn() {
            return !after.isEmpty() || !before.isEmpty();
        }
    }
}
