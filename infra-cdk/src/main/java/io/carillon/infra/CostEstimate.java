package io.carillon.infra;

import io.carillon.dynamodb.TableNames;
import io.carillon.dynamodb.Tables;
import io.carillon.metrics.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.GraphWidgetView;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/**
 * What a deployment has cost by AWS's own counts and the list prices of us-east-1, as one expression for each service: no
 * bill, since free tiers, discounts, other Regions' prices, data transfer and mobile push are not in it.
 */
final class CostEstimate {

    private static final String SUM = "Sum";

    private final Watched watched;
    private final List<FunctionSpec> specs;
    private final List<CreateTableRequest> tables;
    private final String prefix;
    private final int minutesPerRound;

    CostEstimate(CarillonProps props, Watched watched) {
        this.watched = watched;
        this.specs = FunctionSpec.of(props);
        this.prefix = props.prefix();
        this.tables = Tables.definitions(TableNames.withPrefix(prefix));
        this.minutesPerRound = props.config().minutesPerRound();
    }

    /** Shows it by the day; the last bar is today's, in UTC. */
    IWidget widget() {
        return GraphWidget.Builder.create()
                .title("Estimated cost per day, today last, $ (list prices of us-east-1; the bill is in Cost Explorer)")
                .width(Dashboard.HALF)
                .view(GraphWidgetView.BAR)
                .stacked(true)
                .period(Duration.days(1))
                .start("-P7D")
                .end("PT0H")
                .left(List.of(gateway(), lambda(), dynamoDb(), sqs(), logs()))
                .build();
    }

    private MathExpression gateway() {
        Terms terms = new Terms("g");
        terms.add(watched.webSocket("MessageCount"), ListPrices.WEB_SOCKET_MESSAGE);
        terms.add(watched.count(Measure.CONNECTIONS_PINGED), ListPrices.WEB_SOCKET_MINUTE * minutesPerRound);
        terms.add(watched.http("Count"), ListPrices.HTTP_REQUEST);
        return terms.expression("API Gateway");
    }

    private MathExpression lambda() {
        Terms terms = new Terms("l");
        for (FunctionSpec spec : specs) {
            IFunction function = watched.functions().get(spec.name());
            double perMillisecond = ListPrices.GB_SECOND * spec.memoryMb() / 1_024 / 1_000;
            terms.add(function.metricInvocations(sum()), ListPrices.INVOCATION);
            terms.add(function.metricDuration(sum()), perMillisecond);
        }
        return terms.expression("Lambda");
    }

    /** An index counts by itself. */
    private MathExpression dynamoDb() {
        Terms terms = new Terms("d");
        for (CreateTableRequest table : tables) {
            addUnits(terms, Map.of("TableName", table.tableName()));
            table.globalSecondaryIndexes()
                    .forEach(index -> addUnits(
                            terms,
                            Map.of("TableName", table.tableName(), "GlobalSecondaryIndexName", index.indexName())));
        }
        return terms.expression("DynamoDB");
    }

    private static void addUnits(Terms terms, Map<String, String> dimensions) {
        terms.add(metric("AWS/DynamoDB", "ConsumedWriteCapacityUnits", dimensions), ListPrices.WRITE_UNIT);
        terms.add(metric("AWS/DynamoDB", "ConsumedReadCapacityUnits", dimensions), ListPrices.READ_UNIT);
    }

    /** Counts messages for requests, since AWS counts no requests: a little too much where batches are full. */
    private MathExpression sqs() {
        Terms terms = new Terms("q");
        terms.add(watched.mailboxes().metricNumberOfMessagesSent(sum()), ListPrices.FIFO_REQUEST);
        terms.add(watched.mailboxes().metricNumberOfMessagesReceived(sum()), ListPrices.FIFO_REQUEST);
        terms.add(watched.mailboxes().metricNumberOfMessagesDeleted(sum()), ListPrices.FIFO_REQUEST);
        terms.add(watched.mailboxes().metricNumberOfEmptyReceives(sum()), ListPrices.FIFO_REQUEST);
        return terms.expression("SQS");
    }

    private MathExpression logs() {
        Terms terms = new Terms("c");
        for (FunctionSpec spec : specs) {
            terms.add(
                    metric("AWS/Logs", "IncomingBytes", Map.of("LogGroupName", "/aws/lambda/" + prefix + spec.name())),
                    ListPrices.LOG_GIGABYTE / 1_000_000_000);
        }
        return terms.expression("Logs");
    }

    private static Metric metric(String namespace, String name, Map<String, String> dimensions) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(dimensions)
                .statistic(SUM)
                .period(Watched.MINUTE)
                .build();
    }

    private static MetricOptions sum() {
        return MetricOptions.builder().statistic(SUM).period(Watched.MINUTE).build();
    }

    /** A sum of counts, each by its price. What was never counted costs nothing. */
    private static final class Terms {

        private final String prefix;
        private final Map<String, IMetric> metrics = new LinkedHashMap<>();
        private final List<String> summands = new ArrayList<>();

        /** Ids are shared by all expressions of a graph, so each begins with a letter of its own. */
        Terms(String prefix) {
            this.prefix = prefix;
        }

        void add(IMetric metric, double price) {
            String id = prefix + metrics.size();
            metrics.put(id, metric);
            summands.add("FILL(%s,0)*%s".formatted(id, decimal(price)));
        }

        /** CloudWatch's expressions know no exponents. */
        private static String decimal(double price) {
            return String.format(Locale.ROOT, "%.14f", price).replaceFirst("0+$", "");
        }

        MathExpression expression(String label) {
            return MathExpression.Builder.create()
                    .expression(String.join("+", summands))
                    .usingMetrics(metrics)
                    .label(label)
                    .period(Duration.days(1))
                    .build();
        }
    }
}
