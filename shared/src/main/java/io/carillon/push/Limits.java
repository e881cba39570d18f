package io.carillon.push;

import io.carillon.events.Json;
import io.carillon.events.PushLimits;
import io.carillon.events.PushLimits.Policy;
import io.carillon.events.PushLimits.TimeLimit;
import io.carillon.events.RawJson;
import io.carillon.push.Sends.Status;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says when a device may get a notification, by what its sender has asked for. Immutable. */
final class Limits {

    private static final int MOST_POLICIES = 10;
    private static final int LONGEST_KEY = 256;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d");
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*\\.?device\\.(id|user)\\s*}}");

    private final PushLimits limits;

    private Limits(PushLimits limits) {
        this.limits = limits;
    }

    static Limits read(RawJson text) {
        return new Limits(text.isEmpty() ? PushLimits.NONE : Json.read(text.text(), PushLimits.class));
    }

    /** Whether a device may get it. */
    sealed interface Verdict {

        /** Yes. */
        record Now() implements Verdict {}

        /** Not before a time. */
        record Later(Instant time) implements Verdict {}

        /** No. */
        record Never(Status status) implements Verdict {}
    }

    /**
     * Refuses limits that make no sense.
     *
     * @throws PushRefused 107, with what to write
     */
    void check() {
        PushLimits.RateLimit rate = limits.rateLimit();
        if (rate.policies().size() > MOST_POLICIES || rate.key().length() > LONGEST_KEY) {
            throw refused(
                    "rate_limit",
                    "has at most " + MOST_POLICIES + " policies and a key of at most " + LONGEST_KEY + " characters");
        }
        if (VARIABLE.matcher(rate.key()).replaceAll("").contains("{{")) {
            throw refused("rate_limit.key", "has no variables but {{device.id}} and {{device.user}}");
        }
        for (Policy policy : rate.policies()) {
            Duration interval = Duration.ofMillis(policy.intervalMs());
            if (policy.rate() < 1 || interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
                throw refused(
                        "rate_limit.policies",
                        "need a rate of 1 or more, and an interval_ms from " + SHORTEST.toMillis() + " to "
                                + LONGEST.toMillis());
            }
        }
        TimeLimit time = limits.timeLimit();
        if (time.isOn()) {
            if (!isTime(time.after()) || !isTime(time.before()) || time.after().equals(time.before())) {
                throw refused("time_limit", "needs send_after_time and send_before_time, two times such as 09:00:00");
            }
        }
    }

    private static PushRefused refused(String field, String rule) {
        return PushRefused.badRequest("limit_strategy." + field + " " + rule);
    }

    private static boolean isTime(String text) {
        try {
            return TIME.matcher(text).matches() && LocalTime.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Looks at the clock of the device first, so that only what could be sent is counted. */
    Verdict of(Device device, Sends sends, Instant now) {
        Verdict verdict = limits.timeLimit().isOn() ? atItsTime(device, now) : new Verdict.Now();
        return verdict instanceof Verdict.Now ? counted(device, sends, now) : verdict;
    }

    private Verdict atItsTime(Device device, Instant now) {
        Optional<ZoneId> zone = zone(device);
        if (zone.isEmpty()) {
            return limits.timeLimit().isSentWithoutZone() ? new Verdict.Now() : new Verdict.Never(Status.NO_TIMEZONE);
        }
        LocalTime after = LocalTime.parse(limits.timeLimit().after());
        LocalTime before = LocalTime.parse(limits.timeLimit().before());
        ZonedDateTime there = now.atZone(zone.get());
        LocalTime time = there.toLocalTime();
        boolean isLateEnough = !time.isBefore(after);
        boolean isEarlyEnough = time.isBefore(before);
        boolean overnight = before.isBefore(after);
        if (overnight ? isLateEnough || isEarlyEnough : isLateEnough && isEarlyEnough) {
            return new Verdict.Now();
        }
        ZonedDateTime today = there.toLocalDate().atTime(after).atZone(zone.get());
        // The hour may not exist on the day that the clocks are put forward; then it is the next.
        return new Verdict.Later((today.isAfter(there) ? today : today.plusDays(1)).toInstant());
    }

    private static Optional<ZoneId> zone(Device device) {
        try {
            return device.timezone().isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(device.timezone()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Verdict counted(Device device, Sends sends, Instant now) {
        String key = key(device);
        List<Policy> passed = new ArrayList<>();
        for (Policy policy : limits.rateLimit().policies()) {
            if (!sends.allows(key, Duration.ofMillis(policy.intervalMs()), policy.rate())) {
                passed.forEach(one -> sends.giveBack(key, Duration.ofMillis(one.intervalMs())));
                long next = (now.toEpochMilli() / policy.intervalMs() + 1) * policy.intervalMs();
                return limits.rateLimit().isDropped()
                        ? new Verdict.Never(Status.RATE_LIMITED)
                        : new Verdict.Later(Instant.ofEpochMilli(next));
            }
            passed.add(policy);
        }
        return new Verdict.Now();
    }

    /** Takes back what was counted for a device that did not get it in the end. */
    void giveBack(Device device, Sends sends) {
        limits.rateLimit()
                .policies()
                .forEach(policy -> sends.giveBack(key(device), Duration.ofMillis(policy.intervalMs())));
    }

    private String key(Device device) {
        return limits.rateLimit().key().isEmpty()
                ? device.id()
                : VARIABLE.matcher(limits.rateLimit().key())
                        .replaceAll(found ->
                                Matcher.quoteReplacement(found.group(1).equals("id") ? device.id() : device.user()));
    }
}
