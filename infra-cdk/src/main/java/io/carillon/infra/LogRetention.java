package io.carillon.infra;

import java.util.List;
import software.amazon.awscdk.services.logs.RetentionDays;

/** CloudWatch keeps logs for certain numbers of days only. */
final class LogRetention {

    private static final List<Integer> DAYS = List.of(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731);
    private static final List<RetentionDays> NAMES = List.of(
            RetentionDays.ONE_DAY,
            RetentionDays.THREE_DAYS,
            RetentionDays.FIVE_DAYS,
            RetentionDays.ONE_WEEK,
            RetentionDays.TWO_WEEKS,
            RetentionDays.ONE_MONTH,
            RetentionDays.TWO_MONTHS,
            RetentionDays.THREE_MONTHS,
            RetentionDays.FOUR_MONTHS,
            RetentionDays.FIVE_MONTHS,
            RetentionDays.SIX_MONTHS,
            RetentionDays.ONE_YEAR,
            RetentionDays.THIRTEEN_MONTHS,
            RetentionDays.EIGHTEEN_MONTHS,
            RetentionDays.TWO_YEARS);

    private LogRetention() {}

    static RetentionDays ofDays(int days) {
        int place = DAYS.indexOf(days);
        if (place < 0) {
            throw new IllegalArgumentException("log_retention_days must be one of " + DAYS + "; it was " + days);
        }
        return NAMES.get(place);
    }
}
