package io.carillon.infra;

import io.carillon.metrics.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.constructs.Construct;

/**
 * The alarms, each of which names a page of {@code docs/operations/alarms} that says what to do. None goes off while
 * nobody uses the deployment: what is not counted is not wrong.
 */
final class Alarms extends Construct {

    /** API Gateway's quota for all WebSocket APIs of an account and Region; see the page {@code connections}. */
    private static final int CONNECTS_PER_SECOND = 500;

    private static final int SECONDS = 60;

    /** What SNS delivers in a moment has not been sent for so long. */
    private static final int LATE_PUSH = 300;

    /** The part of a quota at which there is still time to ask for more. */
    private static final double NEARLY = 0.8;

    private final List<Alarm> all = new ArrayList<>();
    private final CarillonProps props;
    private final List<SnsAction> actions;

    Alarms(Construct scope, String id, CarillonProps props, Watched watched, AlarmTopics topics) {
        super(scope, id);
        this.props = props;
        this.actions = topics.all().stream().map(SnsAction::new).toList();
        add(
                "ThrottledPosts",
                "throttled-posts",
                share(watched.count(Measure.THROTTLED_POSTS), watched.count(Measure.CALLBACK_REQUESTS)),
                1,
                5);
        add("Quota", "quota", watched.count(Measure.CALLBACK_REQUESTS), NEARLY * watched.postQuota() * SECONDS, 5);
        add(
                "Connections",
                "connections",
                watched.count(Measure.CONNECTIONS_OPENED),
                NEARLY * CONNECTS_PER_SECOND * SECONDS,
                1);
        add("DeadLetters", "dead-letters", watched.givenUp(), 0, 1);
        add("MailboxAge", "mailbox-age", watched.mailAge(), 30, 3);
        for (String name : watched.functions().keySet()) {
            add("Errors-" + name, "function-errors", watched.errors(name), 0, 5);
        }
        add("Api5xx", "api-5xx", share(watched.http("5xx"), watched.http("Count")), 1, 5);
        watched.pushes().ifPresent(this::add);
        add("KeyFetchFailures", "configuration", watched.count(Measure.KEY_FETCH_FAILURES), 0, 5);
    }

    /** A message ages while it is delayed on purpose, too. */
    private void add(Watched.Pushes pushes) {
        add(
                "PushAge",
                "push-age",
                Watched.age(pushes.queue()),
                LATE_PUSH + pushes.longestDelay().toSeconds(),
                3);
        add("PushDeadLetters", "push-dead-letters", Watched.messages(pushes.deadLetters()), 0, 1);
    }

    /** How much of the whole a part is, in percent. */
    private static MathExpression share(IMetric part, IMetric whole) {
        return MathExpression.Builder.create()
                .expression("100 * part / whole")
                .usingMetrics(new TreeMap<>(Map.of("part", part, "whole", whole)))
                .label("percent")
                .period(Watched.MINUTE)
                .build();
    }

    /** Adds an alarm for what is above a threshold so many minutes in a row. */
    void add(String name, String page, IMetric metric, double threshold, int minutes) {
        Alarm alarm = Alarm.Builder.create(this, name)
                .alarmName(props.prefix() + name)
                .alarmDescription("What to do: " + props.monitoring().runbook(page))
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(minutes)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        for (SnsAction action : actions) {
            alarm.addAlarmAction(action);
            alarm.addOkAction(action);
        }
        all.add(alarm);
    }

    List<Alarm> all() {
        return List.copyOf(all);
    }
}
