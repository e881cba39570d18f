package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.dynamodb.TableNames;
import io.carillon.dynamodb.Tables;
import io.carillon.events.Json;
import io.carillon.infra.Synthesized.Resource;
import io.carillon.local.cost.Billed;
import io.carillon.local.cost.PriceList;
import io.carillon.metrics.Measure;
import io.carillon.push.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** Alarms and dashboard: that they look at what there is, and lead to what to do. */
class MonitoringTest {

    private static final Path PAGES = Path.of("..", "docs", "operations", "alarms");
    private static final String ALARM = "AWS::CloudWatch::Alarm";

    private final Synthesized dev = Synthesized.stage("dev");
    private final Synthesized pushing = Synthesized.withPush();

    @Test
    void shouldHaveAPageForEveryAlarmAndAnAlarmForEveryPage() throws IOException {
        // Given
        Set<String> pages;
        try (Stream<Path> files = Files.list(PAGES)) {
            pages = files.map(file -> "docs/operations/alarms/" + file.getFileName())
                    .filter(page -> !page.endsWith("README.md"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        // When
        Set<String> linked = Stream.concat(
                        pushing.resources(ALARM), Synthesized.telling().resources(ALARM))
                .map(alarm ->
                        alarm.properties().path("AlarmDescription").asText().replace("What to do: ", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(linked).isEqualTo(pages);
    }

    @Test
    void shouldLookAtMetricsThatAreCounted() {
        // Given
        Set<String> counted =
                Arrays.stream(Measure.values()).map(Measure::title).collect(Collectors.toSet());
        String dashboard = dashboard(pushing);

        // When: ["Carillon","Deliveries","Stage","pushing", …
        Set<String> shown = Pattern.compile("\\[\"Carillon\",\"(\\w+)\",\"Stage\",\"pushing\"")
                .matcher(dashboard)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        // Then
        assertThat(shown)
                .hasSizeGreaterThan(10)
                .contains("Pushes", "DeadTokens")
                .isSubsetOf(counted);
        assertThat(dashboard).contains("{Carillon,Stage,Code} MetricName=\\\"Codes\\\" Stage=\\\"pushing\\\"");
    }

    @Test
    void shouldPriceWhatIsBilledAsTheCostMeterDoes() {
        // Given
        PriceList prices = PriceList.standard();

        // Then
        assertThat(ListPrices.WEB_SOCKET_MESSAGE)
                .isEqualTo(prices.of(Billed.WEBSOCKET_MESSAGES).of(1));
        assertThat(ListPrices.WEB_SOCKET_MINUTE)
                .isEqualTo(prices.of(Billed.WEBSOCKET_CONNECTION_MINUTES).of(1));
        assertThat(ListPrices.HTTP_REQUEST)
                .isEqualTo(prices.of(Billed.HTTP_REQUESTS).of(1));
        assertThat(ListPrices.INVOCATION)
                .isEqualTo(prices.of(Billed.LAMBDA_REQUESTS).of(1));
        assertThat(ListPrices.GB_SECOND)
                .isEqualTo(prices.of(Billed.LAMBDA_GB_SECONDS_ARM64).of(1));
        assertThat(ListPrices.WRITE_UNIT)
                .isEqualTo(prices.of(Billed.DYNAMODB_WRITE_UNITS).of(1));
        assertThat(ListPrices.READ_UNIT)
                .isEqualTo(prices.of(Billed.DYNAMODB_READ_UNITS).of(1));
        assertThat(ListPrices.FIFO_REQUEST)
                .isEqualTo(prices.of(Billed.SQS_FIFO_REQUESTS).of(1));
        assertThat(ListPrices.LOG_GIGABYTE)
                .isEqualTo(prices.of(Billed.LOG_GIGABYTES).of(1));
    }

    @Test
    void shouldEstimateTheCostOfEveryFunctionTableAndIndex() {
        // Given
        String dashboard = dashboard(dev);

        // Then
        assertThat(dashboard).contains("Estimated cost per day");
        assertThat(FunctionSpec.ALL)
                .allSatisfy(spec -> assertThat(dashboard)
                        .contains(
                                "\"IncomingBytes\",\"LogGroupName\",\"/aws/lambda/carillon-dev-" + spec.name() + "\""));
        assertThat(Tables.definitions(TableNames.withPrefix("carillon-dev-"))).allSatisfy(table -> {
            assertThat(dashboard)
                    .contains("\"ConsumedWriteCapacityUnits\",\"TableName\",\"" + table.tableName() + "\"");
            assertThat(table.globalSecondaryIndexes())
                    .allSatisfy(index -> assertThat(dashboard)
                            .contains("\"GlobalSecondaryIndexName\",\"" + index.indexName() + "\",\"TableName\",\""
                                    + table.tableName() + "\""));
        });
    }

    @Test
    void shouldMeasureInMinutesAndTakeSilenceForHealth() {
        // When
        List<Resource> alarms = dev.resources(ALARM).toList();

        // Then
        assertThat(alarms).hasSize(14).allSatisfy(alarm -> {
            assertThat(periods(alarm.body())).as(alarm.id()).containsOnly("60");
            assertThat(alarm.properties().path("TreatMissingData").asText()).isEqualTo("notBreaching");
        });
    }

    @Test
    void shouldCostWhatTheDocumentationSays() throws IOException {
        // Given
        String said = Files.readString(Path.of("..", "docs", "operations", "deploy.md"))
                .replaceAll("\\s+", " ");

        // Then: an alarm is billed by the metrics that it looks at.
        assertThat(said)
                .contains("the alarms' " + metrics(dev) + " metrics (" + metrics(pushing) + " with mobile push)");
    }

    private static long metrics(Synthesized stack) {
        return stack.resources(ALARM)
                .mapToLong(alarm -> alarm.properties().has("Metrics")
                        ? alarm.properties().findValues("MetricStat").size()
                        : 1)
                .sum();
    }

    @Test
    void shouldWatchMobilePushWhereThereIsSome() {
        // Given
        DeployedConfig config = DeployedConfig.of(Json.read("""
                {"channel":{"namespaces":[{"name":"chat","carillon":{"push":"offline","push_delay":"10m"}}]}}""", ObjectNode.class));

        // When
        Template template = template(config, Monitoring.DEFAULT, Synthesized.APPLICATIONS);

        // Then: five minutes beyond what the namespace delays on purpose.
        template.hasResourceProperties(ALARM, Map.of("AlarmName", "carillon-live-PushAge", "Threshold", 900));
        template.hasResourceProperties(
                ALARM, Map.of("AlarmName", "carillon-live-PushDeadLetters", "Threshold", 0, "EvaluationPeriods", 1));
        assertThat(dashboard(dev)).doesNotContain("Mobile push");
        assertThat(dashboard(pushing)).contains("Mobile push");
    }

    @Test
    void shouldAlarmBeforeTheQuotaOfTheConfigurationIsUsedUp() {
        // Given
        DeployedConfig config = DeployedConfig.of(Json.read("{\"carillon\":{\"post_quota\":2500}}", ObjectNode.class));

        // When
        Template template = template(config, Monitoring.DEFAULT);

        // Then: 80 % of 2,500 a second, for a minute.
        template.hasResourceProperties(ALARM, Map.of("AlarmName", "carillon-live-Quota", "Threshold", 120_000));
    }

    @Test
    void shouldTellNobodyUnlessAsked() {
        assertThat(dev.resources("AWS::SNS::Topic")).isEmpty();
        assertThat(dev.resources(ALARM)).noneMatch(alarm -> alarm.properties().has("AlarmActions"));
    }

    @Test
    void shouldTellAnAddressAndATopicOfAlarmsAndOfTheirEnd() {
        // Given
        String theirs = "arn:aws:sns:eu-west-1:123456789012:alarms";
        Monitoring monitoring = new Monitoring(
                "DEBUG", Optional.of("ops@example.com"), Optional.of(theirs), "https://wiki.example.com/alarms/");

        // When
        Template template = template(DeployedConfig.of(Json.read("{}", ObjectNode.class)), monitoring);

        // Then
        template.hasResourceProperties(
                "AWS::SNS::Subscription", Map.of("Protocol", "email", "Endpoint", "ops@example.com"));
        template.allResourcesProperties(
                ALARM,
                Map.of(
                        "AlarmActions", List.of(Match.anyValue(), theirs),
                        "OKActions", List.of(Match.anyValue(), theirs),
                        "AlarmDescription",
                                Match.stringLikeRegexp(
                                        "^What to do: https://wiki\\.example\\.com/alarms/[a-z0-9-]+\\.md$")));
        // SNS lets no alarm publish to a topic that has a policy which does not say so.
        template.hasResourceProperties(
                "AWS::SNS::TopicPolicy",
                Map.of(
                        "PolicyDocument",
                        Match.objectLike(Map.of(
                                "Statement",
                                Match.arrayWith(List.of(Match.objectLike(Map.of(
                                        "Action",
                                        "sns:Publish",
                                        "Principal",
                                        Map.of("Service", "cloudwatch.amazonaws.com")))))))));
        template.hasResourceProperties(
                "AWS::Lambda::Function",
                Map.of("Environment", Map.of("Variables", Match.objectLike(Map.of("CARILLON_LOG_LEVEL", "DEBUG")))));
    }

    private static Template template(DeployedConfig config, Monitoring monitoring) {
        return template(config, monitoring, Map.of());
    }

    private static Template template(
            DeployedConfig config, Monitoring monitoring, Map<Provider, PushApplication> applications) {
        Stack stack = new Stack(new App(), "Theirs");
        new Carillon(
                stack,
                "Realtime",
                CarillonProps.builder("live", config, Synthesized.functions())
                        .monitoring(monitoring)
                        .pushApplications(applications)
                        .build());
        return Template.fromStack(stack);
    }

    /** Gives the text parts of the dashboard's body, with names of resources left out. */
    private static String dashboard(Synthesized stage) {
        JsonNode body = stage.resources("AWS::CloudWatch::Dashboard")
                .findFirst()
                .orElseThrow()
                .properties()
                .path("DashboardBody");
        StringBuilder text = new StringBuilder();
        body.path("Fn::Join").path(1).forEach(part -> text.append(part.asText()));
        return text.toString();
    }

    private static List<String> periods(JsonNode alarm) {
        return Pattern.compile("\"Period\":(\\d+)")
                .matcher(alarm.toString())
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
