package io.carillon.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The subscriptions of a template are those that run: one wrong value, and somebody does not get what they must. */
class EventsTemplateTest {

    private static Arguments when(String what, Consumer<Mutated> mutation, String... said) {
        return Arguments.of(what, mutation, said);
    }

    private static ObjectNode queue(Mutated template) {
        return template.properties(template.subscription("Orders"));
    }

    private static ObjectNode function(Mutated template) {
        return template.properties(template.subscription("Indexer"));
    }

    private static ObjectNode webhook(Mutated template, String whose) {
        return template.properties(
                template.id(DescribedSubscription.TYPE, "Endpoint", "https://" + whose + ".example/hooks"));
    }

    private static Stream<Arguments> wrong() {
        return Stream.of(
                when(
                        "the queue wants another namespace",
                        template -> queue(template)
                                .withObject("FilterPolicy")
                                .withArray("namespace")
                                .removeAll()
                                .add("chats"),
                        "queue"),
                when(
                        "the queue's policy looks into the body",
                        template -> queue(template).put("FilterPolicyScope", "MessageBody"),
                        "queue"),
                when("the queue gets envelopes", template -> queue(template).put("RawMessageDelivery", false), "queue"),
                when("the queue has no policy", template -> queue(template).remove("FilterPolicy"), "queue of others"),
                when(
                        "the function wants a type that is none",
                        template -> function(template)
                                .withObject("FilterPolicy")
                                .withArray("type")
                                .removeAll()
                                .add("publication"),
                        "function"),
                when(
                        "the function wants all types",
                        template ->
                                function(template).withObject("FilterPolicy").remove("type"),
                        "function of others"),
                when(
                        "the function is not subscribed",
                        template -> template.without(template.subscription("Indexer")),
                        "subscribe function"),
                when(
                        "the webhook gets plain text",
                        template -> webhook(template, "ours")
                                .withObject("DeliveryPolicy")
                                .remove("requestPolicy"),
                        "webhook"),
                when(
                        "the webhook has no queue of dead letters",
                        template -> webhook(template, "theirs").remove("RedrivePolicy"),
                        "dead letters"),
                when(
                        "the bus wants everything",
                        template -> template.properties(template.subscription("Bus"))
                                .remove("FilterPolicy"),
                        "bus of others"));
    }

    private static Stream<Arguments> refused() {
        return Stream.of(
                when(
                        "mails are not sent here",
                        template -> webhook(template, "ours").put("Protocol", "email"),
                        "Protocol email",
                        "sqs, lambda, http and https"),
                when(
                        "an operator is none",
                        template -> queue(template)
                                .withObject("FilterPolicy")
                                .withArray("namespace")
                                .addObject()
                                .put("sounds-like", "chat"),
                        "FilterPolicy"),
                when(
                        "a scope is none",
                        template -> queue(template).put("FilterPolicyScope", "Message"),
                        "FilterPolicyScope",
                        "MessageBody"),
                when(
                        "a function cannot get raw messages",
                        template -> function(template).put("RawMessageDelivery", true),
                        "RawMessageDelivery",
                        "lambda"),
                when(
                        "a queue cannot be posted to",
                        template -> queue(template)
                                .withObject("DeliveryPolicy")
                                .withObject("healthyRetryPolicy")
                                .put("numRetries", 3),
                        "DeliveryPolicy",
                        "http"),
                when(
                        "nobody tries so often",
                        template -> webhook(template, "ours")
                                .withObject("DeliveryPolicy")
                                .withObject("healthyRetryPolicy")
                                .put("numRetries", 101),
                        "numRetries",
                        "100"));
    }

    private static Stream<Arguments> undeliverable() {
        return Stream.of(
                when(
                        "dead letters go nowhere",
                        template -> queue(template)
                                .withObject("RedrivePolicy")
                                .put("deadLetterTargetArn", "arn:aws:sqs:eu-west-1:123456789012:gone"),
                        "RedrivePolicy",
                        "deadLetterTargetArn"),
                when(
                        "the topic may not send",
                        template -> template.withoutType("AWS::SQS::QueuePolicy"),
                        "AWS::SQS::QueuePolicy",
                        "sqs:SendMessage"),
                when(
                        "the topic may not invoke",
                        template -> template.withoutType("AWS::Lambda::Permission"),
                        "AWS::Lambda::Permission",
                        "sns.amazonaws.com"),
                when(
                        "events have an order that they have not",
                        template -> template.properties(template.id(DescribedQueue.TYPE, "QueueName", "orders"))
                                .put("QueueName", "orders.fifo")
                                .put("FifoQueue", true),
                        "FIFO"),
                when(
                        "nobody knows where a queue is",
                        template -> queue(template).put("Endpoint", "orders"),
                        "Endpoint",
                        "ARN"),
                when(
                        "messages are played again",
                        template -> queue(template).withObject("ReplayPolicy"),
                        "ReplayPolicy",
                        "does not serve"),
                when(
                        "somebody else's function answers clients",
                        template -> template.properties(template.function("MessageHandler"))
                                .put("Handler", "index.handler")
                                .withObject("Environment")
                                .remove("Variables"),
                        "no function of Carillon's"));
    }

    @Test
    void shouldTellEverybodyWhatTheyWantWhenNothingIsWrong() {
        assertThat(EventsScenario.failure(Mutated.telling().description(), "")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    @Execution(ExecutionMode.CONCURRENT)
    void shouldFailWhereASubscriberFeelsIt(String what, Consumer<Mutated> mutation, String[] step) {
        // Given
        Mutated template = Mutated.telling();
        mutation.accept(template);

        // Then
        assertThat(EventsScenario.failure(template.description(), step[0]))
                .as(what)
                .contains(step[0]);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"refused", "undeliverable"})
    void shouldSayWhatIsWrongWhenASubscriptionCannotBeMade(String what, Consumer<Mutated> mutation, String[] said) {
        // Given
        Mutated template = Mutated.telling();
        mutation.accept(template);

        // Then
        assertThatThrownBy(template::description)
                .as(what)
                .isInstanceOf(InvalidTemplate.class)
                .hasMessageContainingAll(said);
    }
}
