package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.PackedConfig;
import io.carillon.delivery.MailRound;
import io.carillon.events.Json;
import io.carillon.infra.Synthesized.Resource;
import io.carillon.local.aws.DeployedStage;
import io.carillon.local.cost.Deployment;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What matters in the template; the snapshot holds the rest. */
class StackTest {

    private final Synthesized dev = Synthesized.stage("dev");
    private final Synthesized prod = Synthesized.stage("prod");
    private final Synthesized pushing = Synthesized.withPush();

    @ParameterizedTest
    @ValueSource(strings = {"connect", "message", "disconnect", "api", "poll", "heartbeat", "deliver"})
    void shouldRunEveryHandlerOnJava25FromASnapshot(String name) throws ClassNotFoundException {
        // When
        JsonNode function = function(name);

        // Then
        assertThat(Class.forName(function.path("Handler").asText())).isNotNull();
        assertThat(function.path("Runtime").asText()).isEqualTo("java25");
        assertThat(function.path("Architectures").path(0).asText()).isEqualTo("arm64");
        assertThat(function.path("SnapStart").path("ApplyOn").asText()).isEqualTo("PublishedVersions");
        assertThat(function.path("TracingConfig").path("Mode").asText()).isEqualTo("Active");
        assertThat(function.path("FunctionName").asText()).isEqualTo("carillon-dev-" + name);
    }

    @Test
    void shouldHaveTheMemoryThatCostsAreReckonedWith() {
        Deployment.standard()
                .functions()
                .forEach((name, priced) -> assertThat(
                                function(pushing, name).path("MemorySize").asInt())
                        .as(name)
                        .isEqualTo(priced.memoryMb()));
    }

    @Test
    void shouldInvokeNothingButTheLiveAliases() {
        // When
        List<String> invoked = dev.resources("AWS::Lambda::Permission")
                .map(permission ->
                        permission.properties().path("FunctionName").path("Ref").asText())
                .toList();

        // Then
        assertThat(invoked)
                .isNotEmpty()
                .allSatisfy(id -> assertThat(dev.resource(id).type()).isEqualTo("AWS::Lambda::Alias"));
        assertThat(dev.resources("AWS::Lambda::Alias"))
                .hasSize(7)
                .allSatisfy(alias ->
                        assertThat(alias.properties().path("Name").asText()).isEqualTo("live"));
    }

    @Test
    void shouldGiveTheFunctionsTheVariablesThatTheyRead() {
        // When
        JsonNode variables = function("connect").path("Environment").path("Variables");

        // Then
        assertThat(names(variables))
                .containsExactlyInAnyOrder(
                        "CARILLON_CONFIG",
                        "CARILLON_STAGE",
                        "CARILLON_TABLE_PREFIX",
                        "CARILLON_MAILBOX_QUEUE_URL",
                        "CARILLON_CALLBACK_URL",
                        "CARILLON_LOG_LEVEL");
        assertThat(variables.path("CARILLON_STAGE").asText()).isEqualTo("dev");
        assertThat(variables.path("CARILLON_LOG_LEVEL").asText()).isEqualTo("INFO");
        assertThat(variables.path("CARILLON_TABLE_PREFIX").asText()).isEqualTo("carillon-dev-");
        assertThat(PackedConfig.unpack(variables.path("CARILLON_CONFIG").asText()))
                .contains("\"chat\"")
                .doesNotContain("secret", "key");
        assertThat(variables.path("CARILLON_CALLBACK_URL").toString()).contains("https://", ".execute-api.", "/dev");
    }

    @Test
    void shouldNameASecretToTheFunctionsThatUseItAlone() {
        assertThat(names(function("api").path("Environment").path("Variables"))).contains("CARILLON_API_SECRET");
        assertThat(names(function("message").path("Environment").path("Variables")))
                .contains("CARILLON_TOKEN_SECRET")
                .doesNotContain("CARILLON_API_SECRET", "CARILLON_SUBSCRIPTION_TOKEN_SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "message", "disconnect", "api", "poll", "heartbeat", "deliver", "push"})
    void shouldNameTheSecretOfBackendsToTheFunctionsThatAskThemAlone(String name) {
        assertThat(function(pushing, name).path("Environment").path("Variables").has("CARILLON_PROXY_SECRET"))
                .isEqualTo(List.of("message", "poll", "heartbeat").contains(name));
    }

    @Test
    void shouldNeverWriteOverWhatHasBeenPutIntoTheSecretOfBackends() {
        // When: CloudFormation sets a secret's text whenever the template has another one than before.
        List<String> texts = pushing.resources("AWS::SecretsManager::Secret")
                .filter(secret -> secret.properties().has("SecretString"))
                .map(secret -> secret.properties().path("SecretString").asText())
                .toList();

        // Then
        assertThat(texts).containsExactly("{}");
    }

    @Test
    void shouldDeliverBatchesOfOneMailboxAtATime() {
        // When
        Resource queue = dev.resource("AWS::SQS::Queue", "QueueName", "carillon-dev-mailboxes.fifo");
        JsonNode mapping = dev.resources("AWS::Lambda::EventSourceMapping")
                .findFirst()
                .orElseThrow()
                .properties();

        // Then
        assertThat(queue.properties().path("DeduplicationScope").asText()).isEqualTo("messageGroup");
        assertThat(queue.properties().path("FifoThroughputLimit").asText()).isEqualTo("perMessageGroupId");
        assertThat(queue.properties()
                        .path("RedrivePolicy")
                        .path("maxReceiveCount")
                        .asInt())
                .isEqualTo(MailRound.RECEIVES);
        assertThat(mapping.path("BatchSize").asInt()).isEqualTo(10);
        assertThat(mapping.path("FunctionResponseTypes").path(0).asText()).isEqualTo("ReportBatchItemFailures");
        assertThat(mapping.path("ScalingConfig").path("MaximumConcurrency").asInt())
                .isEqualTo(100);
        // Otherwise SQS hands a mailbox out again while it is still being delivered.
        assertThat(function("deliver").path("Timeout").asInt())
                .isLessThan(queue.properties().path("VisibilityTimeout").asInt());
    }

    @Test
    void shouldAnswerFramesWithTheRouteResponse() {
        // When
        Resource route = dev.resource("AWS::ApiGatewayV2::Route", "RouteKey", "$default");

        // Then
        assertThat(route.properties().path("RouteResponseSelectionExpression").asText())
                .isEqualTo("$default");
        assertThat(dev.resources("AWS::ApiGatewayV2::RouteResponse")).hasSize(1);
        assertThat(dev.resources("AWS::ApiGatewayV2::Route")
                        .map(each -> each.properties().path("RouteKey").asText()))
                .containsExactlyInAnyOrder(
                        "$connect",
                        "$default",
                        "$disconnect",
                        "ANY /api",
                        "ANY /api/{method}",
                        "ANY /connection/long_poll/{action}");
    }

    @Test
    void shouldThrottleBothApis() {
        assertThat(dev.resources("AWS::ApiGatewayV2::Stage"))
                .hasSize(2)
                .allSatisfy(stage -> assertThat(stage.properties()
                                .path("DefaultRouteSettings")
                                .path("ThrottlingRateLimit")
                                .asInt())
                        .isPositive());
    }

    @Test
    void shouldThrottleLongPollForItselfSoThatBackendsCanPublish() {
        // When
        JsonNode stage = dev.resources("AWS::ApiGatewayV2::Stage")
                .map(each -> each.properties())
                .filter(each -> each.path("StageName").asText().equals("$default"))
                .findFirst()
                .orElseThrow();
        JsonNode longPoll = stage.path("RouteSettings").path("ANY /connection/long_poll/{action}");

        // Then
        JsonNode all = stage.path("DefaultRouteSettings");
        for (String limit : List.of("ThrottlingRateLimit", "ThrottlingBurstLimit")) {
            assertThat(longPoll.path(limit).asInt())
                    .isPositive()
                    .isLessThan(all.path(limit).asInt());
        }
    }

    @Test
    void shouldBeatEveryMinuteWithTheEventThatSchedulerMakesUp() {
        // When
        JsonNode schedule = dev.resources("AWS::Scheduler::Schedule")
                .findFirst()
                .orElseThrow()
                .properties();

        // Then
        assertThat(schedule.path("ScheduleExpression").asText()).isEqualTo("rate(1 minute)");
        assertThat(schedule.path("Target").has("Input")).isFalse();
        String target = schedule.path("Target").path("Arn").path("Ref").asText();
        assertThat(dev.resource(target).type()).isEqualTo("AWS::Lambda::Alias");
    }

    @Test
    void shouldGuardAndBackUpOnlyWhatMattersInProduction() {
        // When
        List<Resource> guarded = prod.resources("AWS::DynamoDB::GlobalTable").toList();

        // Then
        assertThat(guarded)
                .hasSize(6)
                .allSatisfy(table -> assertThat(
                                replica(table).path("DeletionProtectionEnabled").asBoolean())
                        .isTrue());
        assertThat(guarded.stream()
                        .filter(table -> replica(table)
                                .path("PointInTimeRecoverySpecification")
                                .path("PointInTimeRecoveryEnabled")
                                .asBoolean())
                        .map(table -> table.properties().path("TableName").asText()))
                .containsExactlyInAnyOrder(
                        "carillon-prod-channels", "carillon-prod-publications", "carillon-prod-devices");
        assertThat(dev.resources("AWS::DynamoDB::GlobalTable"))
                .noneMatch(table ->
                        replica(table).path("DeletionProtectionEnabled").asBoolean());
    }

    @Test
    void shouldLeaveNothingBehindWhenDestroyed() {
        // Then: log groups are the stack's own, and nothing is kept when it goes.
        assertThat(dev.resources("AWS::Logs::LogGroup")).hasSize(8);
        assertThat(StreamSupport.stream(dev.template().path("Resources").spliterator(), false))
                .noneMatch(resource -> resource.path("DeletionPolicy").asText().startsWith("Retain"));
    }

    @Test
    void shouldPrintWhatOneNeedsToUseIt() {
        assertThat(names(dev.template().path("Outputs")))
                .contains("WebSocketUrl", "ServerApiUrl", "ApiKeySecret", "TokenSecret", "Publish", "Dashboard")
                .contains("MailboxQueue", "MailboxDeadLetters")
                .containsAll(DeployedStage.OUTPUTS);
        assertThat(names(pushing.template().path("Outputs"))).contains("PushQueue", "PushDeadLetters");
    }

    @Test
    void shouldCostNothingForMobilePushUnlessThereIsAPlatformApplication() {
        assertThat(dev.resources("AWS::SQS::Queue")).hasSize(2);
        assertThat(dev.resources("AWS::Lambda::EventSourceMapping")).hasSize(1);
        assertThat(pushing.resources("AWS::SQS::Queue")).hasSize(4);
        assertThat(pushing.resources("AWS::Lambda::EventSourceMapping")).hasSize(2);
    }

    @Test
    void shouldLetBrowsersSendTheirTokenWhereApiGatewayMatchesTheirOrigin() {
        // When
        JsonNode cors = Synthesized.of(CarillonProps.builder(
                                "browsers",
                                DeployedConfig.of(Json.read(
                                        "{\"client\":{\"allowed_origins\":[\"https://app.example\"]}}",
                                        JsonNode.class)),
                                Synthesized.functions())
                        .build())
                .resources("AWS::ApiGatewayV2::Api")
                .map(api -> api.properties().path("CorsConfiguration"))
                .filter(found -> !found.isMissingNode())
                .findFirst()
                .orElseThrow();

        // Then: browsers take no * for authorization.
        assertThat(cors.path("AllowHeaders").toString()).contains("\"authorization\"", "\"content-type\"");
        assertThat(cors.path("AllowOrigins").toString()).contains("https://app.example");
    }

    @Test
    void shouldServeDevicesAndNameThePlatformApplicationsWhenThereIsMobilePush() {
        // When
        JsonNode variables = function(pushing, "api").path("Environment").path("Variables");

        // Then
        assertThat(names(variables))
                .contains(
                        "CARILLON_PUSH_QUEUE_URL",
                        "CARILLON_PUSH_FCM_ARN",
                        "CARILLON_PUSH_APNS_ARN",
                        "CARILLON_TOKEN_SECRET")
                .doesNotContain("CARILLON_PUSH_APNS_SANDBOX_ARN");
        assertThat(names(function(pushing, "message").path("Environment").path("Variables")))
                .contains("CARILLON_PUSH_QUEUE_URL")
                .doesNotContain("CARILLON_PUSH_FCM_ARN");
        assertThat(pushing.resources("AWS::ApiGatewayV2::Route")
                        .map(each -> each.properties().path("RouteKey").asText()))
                .contains("ANY /devices", "ANY /devices/{id}");
        assertThat(function(pushing, "push").path("Timeout").asInt())
                .isLessThan(pushing.resource("AWS::SQS::Queue", "QueueName", "carillon-pushing-push")
                        .properties()
                        .path("VisibilityTimeout")
                        .asInt());
    }

    private JsonNode function(String name) {
        return function(dev, name);
    }

    private static JsonNode function(Synthesized stack, String name) {
        return stack.resource("AWS::Lambda::Function", "Handler", Policies.handler(name))
                .properties();
    }

    private static JsonNode replica(Resource table) {
        return table.properties().path("Replicas").path(0);
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
