package io.carillon.infra;

import io.carillon.metrics.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.HorizontalAnnotation;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.PeriodOverride;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.amazon.awscdk.services.cloudwatch.YAxisProps;
import software.constructs.Construct;

/** One page in CloudWatch that says how a deployment does: its load against the quota, its latency, what goes wrong. */
final class Dashboard extends Construct {

    static final int HALF = 12;

    private final String name;
    private final Watched watched;

    Dashboard(Construct scope, String id, CarillonProps props, Watched watched, List<? extends IAlarm> alarms) {
        super(scope, id);
        this.watched = watched;
        // The estimated cost of a day is made of the day's sums, whatever period a metric has elsewhere.
        Annotations.of(this).acknowledgeWarning("CloudWatch:Math:MetricsPeriodsOverridden");
        name = props.prefix() + "overview";
        var page = software.amazon.awscdk.services.cloudwatch.Dashboard.Builder.create(this, "Page")
                .dashboardName(name)
                // The other way, a long time range widens the periods, and sums per minute or round would mean
                // something else.
                .periodOverride(PeriodOverride.INHERIT)
                .build();
        page.addWidgets(about(props), status(alarms));
        page.addWidgets(connections(), load());
        page.addWidgets(latency(), codes());
        page.addWidgets(mailboxes(), untaken());
        page.addWidgets(recoveries(), failures());
        page.addWidgets(open(props.config().minutesPerRound()), new CostEstimate(props, watched).widget());
        watched.pushes().ifPresent(pushes -> page.addWidgets(pushes(), queue(pushes)));
    }

    /** Gives what opens it in the console. */
    String url() {
        String region = Stack.of(this).getRegion();
        return "https://" + region + ".console.aws.amazon.com/cloudwatch/home?region=" + region
                + "#dashboards/dashboard/" + name;
    }

    private static IWidget about(CarillonProps props) {
        return TextWidget.Builder.create()
                .markdown(
                        ("**Carillon, stage %1$s.** What to do about an alarm is on the page that its description names."
                                        + " What it has cost to the cent: [Cost Explorer](https://console.aws.amazon.com/cost-management/home"
                                        + "#/cost-explorer), filtered by the tag `carillon:stage` = `%1$s`, which has to be"
                                        + " activated as a cost allocation tag once.")
                                .formatted(props.stage()))
                .width(HALF)
                .height(3)
                .build();
    }

    private static IWidget status(List<? extends IAlarm> alarms) {
        return AlarmStatusWidget.Builder.create()
                .title("Alarms")
                .alarms(alarms)
                .width(HALF)
                .height(3)
                .build();
    }

    private IWidget connections() {
        return graph(
                "Connections per minute: opened, closed",
                watched.count(Measure.CONNECTIONS_OPENED),
                watched.count(Measure.CONNECTIONS_CLOSED),
                watched.webSocket("ConnectCount").with(label("Handshakes")));
    }

    /** Each connection is pinged once in a round, so a round's pings are all there are. */
    private IWidget open(int minutesPerRound) {
        return graph(
                "Connections that are open, as the heartbeat finds them",
                watched.count(Measure.CONNECTIONS_PINGED)
                        .with(MetricOptions.builder()
                                .label("Open")
                                .period(Duration.minutes(minutesPerRound))
                                .build()));
    }

    private static MetricOptions label(String text) {
        return MetricOptions.builder().label(text).build();
    }

    private IWidget load() {
        return GraphWidget.Builder.create()
                .title("Per second: requests to @connections against the quota, deliveries, publications")
                .width(HALF)
                .left(List.of(
                        perSecond(Measure.CALLBACK_REQUESTS),
                        perSecond(Measure.DELIVERIES),
                        perSecond(Measure.PUBLICATIONS)))
                .leftYAxis(fromZero())
                .leftAnnotations(List.of(HorizontalAnnotation.builder()
                        .value(watched.postQuota())
                        .label("carillon.post_quota")
                        .build()))
                .build();
    }

    private IWidget latency() {
        return graph(
                "From publish to API Gateway's acceptance of the post, ms",
                watched.own(Measure.PUBLISH_TO_POST, "p50").with(label("p50")),
                watched.own(Measure.PUBLISH_TO_POST, "p99").with(label("p99")));
    }

    /** A search, because only use shows which codes there are. */
    private IWidget codes() {
        String search = "SEARCH('{%s,%s,%s} MetricName=\"%s\" %s=\"%s\"', 'Sum', 60)"
                .formatted(
                        Watched.NAMESPACE,
                        Watched.STAGE,
                        Watched.CODE,
                        Measure.CODES.title(),
                        Watched.STAGE,
                        watched.stage());
        return graph(
                "Errors, unsubscribes and disconnects per minute, by code",
                MathExpression.Builder.create()
                        .expression(search)
                        .usingMetrics(Map.of())
                        .label("")
                        .period(Watched.MINUTE)
                        .build());
    }

    private IWidget mailboxes() {
        return graph(
                "Mailboxes: age of the oldest mail in seconds, mail in the dead-letter queue",
                watched.mailAge().with(label("Oldest mail, s")),
                watched.givenUp().with(label("Dead letters")),
                watched.count(Measure.FAILED_BATCHES));
    }

    private IWidget untaken() {
        return graph(
                "Posts per minute that were not taken",
                watched.count(Measure.THROTTLED_POSTS),
                watched.count(Measure.GONE_POSTS),
                watched.count(Measure.SLOW_CLIENTS));
    }

    private IWidget recoveries() {
        return graph(
                "Recoveries per minute",
                watched.count(Measure.RECOVERIES),
                watched.count(Measure.FAILED_RECOVERIES),
                watched.count(Measure.HOLES_CLOSED));
    }

    private IWidget failures() {
        return graph(
                "Invocations per minute that failed; 5xx of the server API",
                Stream.concat(
                                watched.functions().keySet().stream().map(watched::errors),
                                Stream.of(watched.http("5xx").with(label("Server API 5xx"))))
                        .toArray(IMetric[]::new));
    }

    private IWidget pushes() {
        return graph(
                "Mobile push per minute: taken by SNS, throttled, dead tokens",
                watched.count(Measure.PUSHES),
                watched.count(Measure.THROTTLED_PUSHES),
                watched.count(Measure.DEAD_TOKENS));
    }

    private static IWidget queue(Watched.Pushes pushes) {
        return graph(
                "Mobile push: age of the oldest job in seconds, jobs in the dead-letter queue",
                Watched.age(pushes.queue()).with(label("Oldest job, s")),
                Watched.messages(pushes.deadLetters()).with(label("Dead letters")));
    }

    private MathExpression perSecond(Measure measure) {
        return MathExpression.Builder.create()
                // Ids are shared by all expressions of a graph.
                .expression(measure.name().toLowerCase(Locale.ROOT) + " / 60")
                .usingMetrics(Map.of(measure.name().toLowerCase(Locale.ROOT), watched.count(measure)))
                .label(measure.title())
                .period(Watched.MINUTE)
                .build();
    }

    private static IWidget graph(String title, IMetric... metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .width(HALF)
                .left(List.of(metrics))
                .leftYAxis(fromZero())
                .build();
    }

    private static YAxisProps fromZero() {
        return YAxisProps.builder().min(0).showUnits(false).build();
    }
}
