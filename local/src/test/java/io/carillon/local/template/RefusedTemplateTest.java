package io.carillon.local.template;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One value of the template is wrong, and the runtime says which before it starts. */
class RefusedTemplateTest {

    private static final String QUEUE = "carillon-dev-mailboxes.fifo";

    private static Arguments when(String what, Consumer<Mutated> mutation, String... said) {
        return Arguments.of(what, mutation, said);
    }

    private static Stream<Arguments> environments() {
        return Stream.of(
                when(
                        "functions disagree about the tables",
                        template -> template.variables("DeliverHandler").put("CARILLON_TABLE_PREFIX", "other-"),
                        "CARILLON_TABLE_PREFIX",
                        "other-"),
                when(
                        "a function does not know its queue",
                        template -> template.variables("MessageHandler").remove("CARILLON_MAILBOX_QUEUE_URL"),
                        "MessageHandler",
                        "CARILLON_MAILBOX_QUEUE_URL"),
                when(
                        "the deliverer does not know where unreadable mail goes",
                        template -> template.variables("DeliverHandler").remove("CARILLON_MAILBOX_DLQ_URL"),
                        "CARILLON_MAILBOX_DLQ_URL"),
                when(
                        "a function that checks tokens does not know their secret",
                        template -> template.variables("PollHandler").remove("CARILLON_TOKEN_SECRET"),
                        "PollHandler",
                        "CARILLON_TOKEN_SECRET"),
                when(
                        "the server API does not know its keys",
                        template -> template.variables("ApiHandler").remove("CARILLON_API_SECRET"),
                        "ApiHandler",
                        "CARILLON_API_SECRET"),
                when(
                        "a function that asks backends does not know what tells them who asks",
                        template -> template.variables("HeartbeatHandler").put("CARILLON_CONFIG", """
                                {"rpc":{"proxy":{"endpoint":"https://a.example",
                                                 "http":{"static_headers":{"X-Api-Key":""}}}}}"""),
                        "HeartbeatHandler",
                        "CARILLON_PROXY_SECRET"),
                when(
                        "a function does not know where events go",
                        template -> template.variables("DisconnectHandler").remove("CARILLON_EVENTS_TOPIC_ARN"),
                        "DisconnectHandler",
                        "CARILLON_EVENTS_TOPIC_ARN"),
                when(
                        "a configuration is none",
                        template -> template.variables("ApiHandler").put("CARILLON_CONFIG", "{\"channel\":7}"),
                        "CARILLON_CONFIG",
                        "ApiHandler"),
                when(
                        "posts go to another stage",
                        template -> template.properties(template.id("AWS::ApiGatewayV2::Stage", "StageName", "dev"))
                                .put("StageName", "live"),
                        "CARILLON_CALLBACK_URL",
                        "live"));
    }

    private static Stream<Arguments> pushes() {
        return Stream.of(
                when(
                        "nobody puts notifications into their queue",
                        template -> template.variables("ApiHandler").remove("CARILLON_PUSH_QUEUE_URL"),
                        "ApiHandler",
                        "CARILLON_PUSH_QUEUE_URL"),
                when(
                        "what clients publish cannot bring a push",
                        template -> template.variables("MessageHandler").remove("CARILLON_PUSH_QUEUE_URL"),
                        "MessageHandler",
                        "CARILLON_PUSH_QUEUE_URL"),
                when(
                        "devices are registered where nothing is sent",
                        template -> template.variables("PushHandler").remove("CARILLON_PUSH_FCM_ARN"),
                        "CARILLON_PUSH_…_ARN",
                        "APNS"));
    }

    private static Stream<Arguments> resources() {
        return Stream.of(
                when(
                        "messages are visible again before the deliverer is done",
                        template -> template.properties(template.id(DescribedQueue.TYPE, "QueueName", QUEUE))
                                .put("VisibilityTimeout", 20),
                        "VisibilityTimeout",
                        "20 s",
                        "25 s"),
                when(
                        "the queue is no FIFO queue",
                        template -> template.properties(template.id(DescribedQueue.TYPE, "QueueName", QUEUE))
                                .remove("FifoQueue"),
                        "FifoQueue"),
                when(
                        "nothing takes what cannot be delivered",
                        template -> template.properties(template.id(DescribedQueue.TYPE, "QueueName", QUEUE))
                                .remove("RedrivePolicy"),
                        "RedrivePolicy"),
                when(
                        "nothing invokes the heartbeat",
                        template -> template.withoutType("AWS::Scheduler::Schedule"),
                        "AWS::Scheduler::Schedule"),
                when(
                        "the heartbeat is disabled",
                        template -> template.only("AWS::Scheduler::Schedule").put("State", "DISABLED"),
                        "disabled"),
                when(
                        "the schedule is no rate",
                        template ->
                                template.only("AWS::Scheduler::Schedule").put("ScheduleExpression", "rate(0 minutes)"),
                        "rate(1 minute)"),
                when(
                        "events are signed with SHA-1",
                        template -> template.only("AWS::SNS::Topic").remove("SignatureVersion"),
                        "AWS::SNS::Topic",
                        "SignatureVersion"),
                when(
                        "nothing drains the mailboxes",
                        template -> template.withoutType("AWS::Lambda::EventSourceMapping"),
                        "AWS::Lambda::EventSourceMapping"),
                when(
                        "nothing drains the notifications",
                        template -> template.without(template.mappingId("PushHandler")),
                        "AWS::Lambda::EventSourceMapping",
                        "MobilePush"),
                when(
                        "there is no WebSocket API",
                        template -> template.properties(
                                        template.id("AWS::ApiGatewayV2::Api", "ProtocolType", "WEBSOCKET"))
                                .put("ProtocolType", "HTTP"),
                        "WEBSOCKET"));
    }

    private static Arguments table(String name) {
        return when(
                "rows of " + name + " never expire",
                template -> template.properties(
                                template.id("AWS::DynamoDB::GlobalTable", "TableName", "carillon-dev-" + name))
                        .withObject("TimeToLiveSpecification")
                        .put("AttributeName", "expires"),
                "TimeToLiveSpecification",
                name,
                "ttl");
    }

    private static Stream<Arguments> whatIsFeltLate() {
        return Stream.of(
                table("connections"),
                table("subscriptions"),
                table("channels"),
                table("publications"),
                table("outboxes"),
                table("devices"),
                when(
                        "expiry is switched off",
                        template -> template.properties(template.id(
                                        "AWS::DynamoDB::GlobalTable", "TableName", "carillon-dev-publications"))
                                .withObject("TimeToLiveSpecification")
                                .put("Enabled", false),
                        "TimeToLiveSpecification",
                        "publications"),
                when(
                        "all mailboxes share the memory of what was sent",
                        template -> template.properties(template.id(DescribedQueue.TYPE, "QueueName", QUEUE))
                                .put("DeduplicationScope", "queue"),
                        "DeduplicationScope",
                        "messageGroup"),
                when(
                        "all mailboxes share one throughput",
                        template -> template.properties(template.id(DescribedQueue.TYPE, "QueueName", QUEUE))
                                .put("FifoThroughputLimit", "perQueue"),
                        "FifoThroughputLimit",
                        "perMessageGroupId"),
                when(
                        "mails are given up before the deliverer knows of it",
                        template -> template.properties(template.id(DescribedQueue.TYPE, "QueueName", QUEUE))
                                .withObject("RedrivePolicy")
                                .put("maxReceiveCount", 3),
                        "maxReceiveCount",
                        "15"),
                when(
                        "the server API takes nothing",
                        template -> template.properties(
                                        template.id("AWS::ApiGatewayV2::Stage", "StageName", "$default"))
                                .withObject("DefaultRouteSettings")
                                .put("ThrottlingBurstLimit", 0),
                        "ThrottlingBurstLimit",
                        "above 0"),
                when(
                        "a route has a throttle that is not there",
                        template -> template.properties(
                                        template.id("AWS::ApiGatewayV2::Stage", "StageName", "$default"))
                                .withObject("RouteSettings")
                                .withObject("ANY /nowhere")
                                .put("ThrottlingRateLimit", 1)
                                .put("ThrottlingBurstLimit", 1),
                        "ANY /nowhere",
                        "ANY /api/{method}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"environments", "pushes", "resources", "whatIsFeltLate"})
    void shouldSayWhatIsWrongWhenATemplateCannotBeRun(String what, Consumer<Mutated> mutation, String[] said) {
        // Given
        Mutated template = Mutated.template();
        mutation.accept(template);

        // Then
        assertThatThrownBy(template::description)
                .as(what)
                .isInstanceOf(InvalidTemplate.class)
                .hasMessageContainingAll(said);
    }

    @Test
    void shouldSayWhichHandlersThereAreWhenOneIsUnknown() {
        // Given
        Mutated template = Mutated.template();
        template.properties(template.function("ConnectHandler")).put("Handler", "io.carillon.functions.Connect");

        // Then
        assertThatThrownBy(() -> start(template))
                .hasMessageContaining("io.carillon.functions.Connect,")
                .hasMessageContaining("io.carillon.functions.ConnectHandler");
    }

    @Test
    void shouldRefuseABatchThatAFifoQueueCannotGive() {
        // Given
        Mutated template = Mutated.template();
        template.mapping("DeliverHandler").put("BatchSize", 11);

        // Then
        assertThatThrownBy(() -> start(template)).hasMessageContaining("batchSize of a FIFO queue must be 1 to 10");
    }

    @Test
    void shouldRefuseARouteThatTheGatewayCannotMatch() {
        // Given
        Mutated template = Mutated.template();
        template.properties(template.id(Routes.ROUTE, "RouteKey", "ANY /api")).put("RouteKey", "POST /api");

        // Then
        assertThatThrownBy(() -> start(template)).hasMessageContaining("POST /api;");
    }

    @Test
    void shouldSayWhatIsExpectedWhenAFileIsNoTemplate() {
        assertThatThrownBy(() -> Description.of("{}")).hasMessageContaining("./carillon synth");
        assertThatThrownBy(() -> Description.of("nothing")).hasMessageContaining("not JSON");
    }

    private static void start(Mutated template) {
        LocalRuntime.start(RuntimeSettings.of(Config.read(Scenario.CONFIG)).withDescription(template.description()))
                .close();
    }
}
