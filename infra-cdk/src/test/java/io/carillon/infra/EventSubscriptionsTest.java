package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.EventKind;
import io.carillon.infra.Synthesized.Resource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sqs.Queue;

/** Each kind of target gets what the options want, may be delivered to, and has a queue for what could not be. */
class EventSubscriptionsTest {

    private static final String SUBSCRIPTION = "AWS::SNS::Subscription";

    private final Synthesized telling = Synthesized.telling();

    private JsonNode subscription(String protocol, boolean fromHere) {
        return telling.resources(SUBSCRIPTION)
                .map(Resource::properties)
                .filter(properties -> properties.path("Protocol").asText().equals(protocol))
                .filter(properties -> properties.path("Endpoint").isObject() == fromHere)
                .findFirst()
                .orElseThrow();
    }

    private Resource named(JsonNode expression) {
        JsonNode id = expression.has("Ref")
                ? expression.path("Ref")
                : expression.path("Fn::GetAtt").path(0);
        return telling.resource(id.asText());
    }

    @Test
    void shouldGiveEachSubscriptionAQueueOfItsOwnForDeadLettersAndAnAlarm() {
        // When
        List<Resource> queues = telling.resources(SUBSCRIPTION)
                .map(subscription -> named(subscription.properties().at("/RedrivePolicy/deadLetterTargetArn")))
                .toList();

        // Then
        assertThat(queues).hasSize(8).doesNotHaveDuplicates().allSatisfy(queue -> {
            assertThat(queue.properties().path("MessageRetentionPeriod").asInt())
                    .isEqualTo(14 * 86_400);
            assertThat(queue.properties().path("SqsManagedSseEnabled").asBoolean())
                    .isTrue();
            assertThat(queue.properties().path("QueueName").asText())
                    .matches("carillon-telling-events-.{1,26}-[0-9a-f]{8}-dlq");
            assertThat(telling.resources("AWS::CloudWatch::Alarm")
                            .filter(alarm -> alarm.body().toString().contains("\"" + queue.id() + "\"")))
                    .singleElement()
                    .satisfies(alarm -> assertThat(
                                    alarm.properties().path("AlarmName").asText())
                            .startsWith("carillon-telling-EventDeadLetters-"));
            assertThat(policy("AWS::SQS::QueuePolicy", queue.id()))
                    .contains("sns.amazonaws.com", "sqs:SendMessage", "aws:SourceArn");
        });
    }

    private String policy(String type, String of) {
        return telling.resources(type)
                .filter(policy -> policy.properties().path("Queues").toString().contains("\"" + of + "\""))
                .map(policy -> policy.properties().toString())
                .findFirst()
                .orElse("");
    }

    @Test
    void shouldSendTheCloudEventItselfToAQueueThatTheTopicMaySendTo() {
        // When
        JsonNode subscription = subscription("sqs", true);

        // Then
        assertThat(subscription.path("RawMessageDelivery").asBoolean()).isTrue();
        assertThat(policy(
                        "AWS::SQS::QueuePolicy",
                        named(subscription.path("Endpoint")).id()))
                .contains("sns.amazonaws.com");
    }

    @Test
    void shouldFilterByTheAttributesThatEventsCarry() {
        // When
        JsonNode policy = subscription("lambda", true).path("FilterPolicy");

        // Then
        assertThat(policy).hasToString("""
                {"namespace":["chat"],"type":["io.carillon.publication.v1","io.carillon.join.v1"]}""");
        assertThat(subscription("lambda", true).has("FilterPolicyScope")).isFalse();
        assertThat(subscription("lambda", false).has("FilterPolicy")).isFalse();
    }

    @Test
    void shouldLetTheTopicAloneInvokeTheFunctions() {
        assertThat(telling.resources("AWS::Lambda::Permission")
                        .map(Resource::properties)
                        .filter(permission ->
                                permission.path("Principal").asText().equals("sns.amazonaws.com")))
                .hasSize(2)
                .allSatisfy(permission ->
                        assertThat(named(permission.path("SourceArn")).type()).isEqualTo("AWS::SNS::Topic"))
                .anySatisfy(
                        permission -> assertThat(permission.path("FunctionName").asText())
                                .isEqualTo("arn:aws:lambda:eu-west-1:123456789012:function:theirs:live"));
    }

    @Test
    void shouldBringEventsToABusThroughAPipeThatMayDoNothingElse() {
        // When
        List<JsonNode> pipes =
                telling.resources("AWS::Pipes::Pipe").map(Resource::properties).toList();

        // Then
        assertThat(pipes).hasSize(2).allSatisfy(pipe -> {
            assertThat(pipe.at("/TargetParameters/EventBridgeEventBusParameters"))
                    .hasToString("{\"DetailType\":\"$.body.type\",\"Source\":\"io.carillon\"}");
            assertThat(pipe.at("/TargetParameters/InputTemplate").asText()).isEqualTo("<$.body>");
            Resource queue = named(pipe.path("Source"));
            assertThat(queue.properties().at("/RedrivePolicy/maxReceiveCount").asInt())
                    .isEqualTo(60);
            assertThat(telling.resources(SUBSCRIPTION)
                            .filter(subscription ->
                                    subscription.properties().path("Endpoint").equals(pipe.path("Source"))))
                    .singleElement()
                    .satisfies(subscription -> assertThat(subscription
                                    .properties()
                                    .path("RawMessageDelivery")
                                    .asBoolean())
                            .isTrue());
            assertThat(statements(named(pipe.path("RoleArn")).id()))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "[\"sqs:DeleteMessage\",\"sqs:GetQueueAttributes\",\"sqs:ReceiveMessage\"]",
                            pipe.path("Source"),
                            "\"events:PutEvents\"",
                            pipe.path("Target")));
        });
    }

    private Map<String, JsonNode> statements(String role) {
        return telling.resources("AWS::IAM::Policy")
                .map(Resource::properties)
                .filter(policy -> policy.path("Roles").toString().contains("\"" + role + "\""))
                .flatMap(policy -> policy.at("/PolicyDocument/Statement").valueStream())
                .collect(java.util.stream.Collectors.toMap(
                        statement -> statement.path("Action").toString(), statement -> statement.path("Resource")));
    }

    @Test
    void shouldPostToAWebhookSignedAndForNearlyAnHour() {
        // When
        JsonNode subscription = subscription("https", false);

        // Then: a raw message has no signature.
        assertThat(subscription.path("RawMessageDelivery").asBoolean()).isFalse();
        JsonNode retries = subscription.at("/DeliveryPolicy/healthyRetryPolicy");
        assertThat(retries.path("numRetries").asInt()).isEqualTo(20);
        assertThat(retries.path("maxDelayTarget").asInt()).isEqualTo(300);
        assertThat(subscription
                        .at("/DeliveryPolicy/requestPolicy/headerContentType")
                        .asText())
                .isEqualTo("application/json");
    }

    private static Arguments options(String message, EventOptions options) {
        return Arguments.of(message, options);
    }

    private static Stream<Arguments> impossible() {
        return Stream.of(
                options(
                        "toQueue.namespaces: nowhere is no namespace of the configuration, which has [chat, silent]",
                        EventOptions.ALL.namespaces("nowhere")),
                options("the namespace silent tells of no events", EventOptions.ALL.namespaces("silent")),
                options(
                        "toQueue.types: nobody tells of device_failed; what the configuration asks for is publication",
                        EventOptions.ALL.types(EventKind.DEVICE_FAILED)),
                options(
                        "nobody tells of connected in chat",
                        EventOptions.ALL.types(EventKind.CONNECTED).namespaces("chat")));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void shouldRefuseToWaitForWhatNeverComes(String message, EventOptions options) {
        // Given
        Carillon realtime = new Carillon(
                new Stack(new App(), "Theirs"),
                "Realtime",
                CarillonProps.builder("live", Synthesized.telling("chat", "silent"), Synthesized.functions())
                        .build());
        Queue queue = new Queue((Stack) realtime.getNode().getScope(), "Orders");

        // Then
        assertThatThrownBy(() -> realtime.events().toQueue(queue, options)).hasMessageContaining(message);
    }

    @Test
    void shouldRefuseWhatSnsCannotDeliver() {
        // Given
        Stack stack = new Stack(new App(), "Theirs");
        Carillon realtime = new Carillon(
                stack,
                "Realtime",
                CarillonProps.builder("live", Synthesized.telling("chat"), Synthesized.functions())
                        .build());
        Queue fifo = Queue.Builder.create(stack, "Fifo").fifo(true).build();
        realtime.events().toUrl("https://example.com/hooks");

        // Then
        assertThatThrownBy(() -> realtime.events().toQueue(fifo)).hasMessageContaining("Theirs/Fifo is a FIFO queue");
        assertThatThrownBy(() -> realtime.events().toUrl("http://example.com/hooks"))
                .hasMessageContaining("https://");
        assertThatThrownBy(() -> realtime.events().toUrl("https://example.com/hooks"))
                .hasMessageContaining("subscribed already");
    }

    @Test
    void shouldSayHowToAskForEventsWhenThereAreNone() {
        // Given
        Carillon realtime = new Carillon(
                new Stack(new App(), "Theirs"),
                "Realtime",
                CarillonProps.builder("live", DeployedConfig.of(Synthesized.json("{}")), Synthesized.functions())
                        .build());

        // Then
        assertThatThrownBy(realtime::events).hasMessageContaining("carillon.events");
    }
}
