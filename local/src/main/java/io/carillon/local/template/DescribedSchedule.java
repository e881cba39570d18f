package io.carillon.local.template;

import io.carillon.local.template.Template.Resource;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schedule that invokes a function.
 *
 * @param functionId the function's logical id
 * @param period the time between two invocations
 */
public record DescribedSchedule(String functionId, Duration period) {

    /** EventBridge Scheduler's rates: a minute at least, the plural for more than one. */
    private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,6}) (minute|hour|day)s?\\)");

    static DescribedSchedule of(Template template) {
        Resource resource = template.only("AWS::Scheduler::Schedule");
        String expression = resource.required("ScheduleExpression");
        Matcher rate = RATE.matcher(expression);
        if (!rate.matches() || Integer.parseInt(rate.group(1)) < 1) {
            throw new InvalidTemplate(
                    resource + " must have a ScheduleExpression such as rate(1 minute), not " + expression);
        }
        if (resource.text("State").equals("DISABLED")) {
            throw new InvalidTemplate(resource + " is disabled: connections that died would stay for ever");
        }
        long count = Long.parseLong(rate.group(1));
        Duration period = switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
        String function = template.find(resource.properties().path("Target"), DescribedFunction.TYPE)
                .orElseThrow(() -> new InvalidTemplate(resource + " must have a function as its Target"))
                .id();
        return new DescribedSchedule(function, period);
    }
}
