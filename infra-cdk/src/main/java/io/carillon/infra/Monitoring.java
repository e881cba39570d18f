package io.carillon.infra;

import java.util.List;
import java.util.Optional;

/**
 * How a deployment is watched.
 *
 * @param logLevel what the functions log: {@code ERROR}, {@code WARN}, {@code INFO}, {@code DEBUG} or {@code TRACE}
 * @param alarmEmail who is told of alarms, once they have confirmed the first mail that SNS sends them
 * @param alarmTopicArn an SNS topic that is told of alarms; CloudWatch must be allowed to publish to it
 * @param runbooks the address of the folder {@code docs/operations/alarms} as your people reach it, which the alarms'
 *     descriptions then link into; empty to name the pages only
 */
public record Monitoring(
        String logLevel, Optional<String> alarmEmail, Optional<String> alarmTopicArn, String runbooks) {

    private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

    /** Alarms that tell nobody, and a log without what DEBUG adds. */
    public static final Monitoring DEFAULT = new Monitoring("INFO", Optional.empty(), Optional.empty(), "");

    /** Checks what AWS or the functions would refuse only in the middle of a deployment. */
    public Monitoring {
        if (!LEVELS.contains(logLevel)) {
            throw new IllegalArgumentException(
                    "monitoring.log_level must be one of " + LEVELS + "; it was " + logLevel);
        }
        alarmEmail.filter(address -> !address.contains("@")).ifPresent(address -> {
            throw new IllegalArgumentException(
                    "monitoring.alarm_email must be an address such as ops@example.com; it was " + address);
        });
        alarmTopicArn
                .filter(arn -> !arn.matches("arn:[^:]+:sns:[^:]+:[^:]+:.+"))
                .ifPresent(arn -> {
                    throw new IllegalArgumentException(
                            "monitoring.alarm_topic_arn must be the ARN of an SNS topic, such as"
                                    + " arn:aws:sns:eu-west-1:123456789012:alarms; it was " + arn);
                });
    }

    /** Says whether anybody is told of alarms. */
    boolean tellsSomebody() {
        return alarmEmail.isPresent() || alarmTopicArn.isPresent();
    }

    /** Gives where one finds what to do about an alarm. */
    String runbook(String page) {
        String folder = runbooks.isEmpty() ? "docs/operations/alarms" : runbooks.replaceFirst("/+$", "");
        return folder + "/" + page + ".md";
    }
}
