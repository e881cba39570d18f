package io.carillon.local.faults;

import java.time.Duration;
import java.util.List;

/** Says which faults make a channel's history expire, so that what was missed cannot be recovered. */
public final class HistoryExpiry {

    private HistoryExpiry() {}

    /**
     * Whether the clock jumps as far as a history lasts, or further, in all.
     *
     * @param faults as they are written; a server of another version may know others than this one
     */
    public static boolean isIn(List<String> faults, Duration historyTtl) {
        double seconds = faults.stream()
                .filter(text -> text.strip().split("\\s+")[0].equals(Kind.CLOCK.text()))
                .map(Fault::parse)
                .mapToDouble(fault -> seconds(fault.duration(Key.JUMP).orElse(Duration.ZERO)))
                .sum();
        return seconds >= seconds(historyTtl);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
