package io.carillon.local.aws.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.local.Await;
import io.carillon.local.aws.CreatedQueue;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sqs.model.Message;

/** What a function that subscribes to the local SNS is invoked with. */
class FunctionSubscriptionTest {

    private static LocalAws aws;

    @BeforeAll
    static void start() {
        aws = LocalAws.inMemory();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    /** Fails so often, and keeps what it was invoked with. */
    private record Indexer(String name, int failures, List<JsonNode> events) implements LambdaFunction {

        Indexer(String name, int failures) {
            this(name, failures, new CopyOnWriteArrayList<>());
        }

        @Override
        public byte[] invoke(byte[] event) {
            events.add(Json.read(new String(event, StandardCharsets.UTF_8), JsonNode.class));
            if (events.size() <= failures) {
                throw new FunctionError("not yet", null);
            }
            return new byte[0];
        }
    }

    private static String topic(String name) {
        return aws.sns().createTopic(request -> request.name(name)).topicArn();
    }

    private static void subscribe(String topic, String function, Map<String, String> attributes) {
        aws.sns()
                .subscribe(request -> request.topicArn(topic)
                        .protocol("lambda")
                        .endpoint("arn:aws:lambda:us-east-1:000000000000:function:" + function)
                        .attributes(attributes));
    }

    @Test
    void shouldInvokeWithARecordAndAgainWhenTheFunctionFails() {
        // Given
        Indexer indexer = new Indexer("indexer", 2);
        String topic = topic("to-a-function");
        aws.serve(indexer);
        subscribe(topic, "indexer:live", Map.of());

        // When
        aws.sns().publish(request -> request.topicArn(topic).message("hello"));

        // Then
        Await.until("the third invocation", () -> indexer.events().size() == 3);
        assertThat(indexer.events()).allSatisfy(event -> {
            JsonNode record = event.path("Records").path(0);
            assertThat(record.path("EventSource").asText()).isEqualTo("aws:sns");
            assertThat(record.at("/Sns/Message").asText()).isEqualTo("hello");
            assertThat(record.at("/Sns/TopicArn").asText()).isEqualTo(topic);
            assertThat(record.at("/Sns/MessageAttributes").isObject()).isTrue();
            assertThat(record.at("/Sns/SigningCertUrl").isTextual()).isTrue();
        });
    }

    @Test
    void shouldKeepAsADeadLetterWhatAFunctionThatIsGoneDoesNotGet() {
        // Given
        CreatedQueue queue = new Queues(aws.sqs()).standard("gone-dlq", Duration.ofSeconds(30), 3);
        String topic = topic("to-nobody");
        subscribe(topic, "gone", Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + queue.arn() + "\"}"));

        // When
        aws.sns().publish(request -> request.topicArn(topic).message("hello"));

        // Then
        List<Message> buried = new ArrayList<>();
        Await.until("the dead letter", () -> {
            buried.addAll(aws.sqs()
                    .receiveMessage(request -> request.queueUrl(queue.url()).messageAttributeNames("All"))
                    .messages());
            return !buried.isEmpty();
        });
        assertThat(buried.getFirst().messageAttributes().get("ErrorMessage").stringValue())
                .contains("gone");
    }

    @Test
    void shouldRefuseWhatSnsCannotDoForFunctions() {
        // Given
        String topic = topic("refusing");

        // Then
        assertThatThrownBy(() -> subscribe(topic, "indexer", Map.of("RawMessageDelivery", "true")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("RawMessageDelivery");
        assertThatThrownBy(() -> subscribe(topic, "indexer:live:twice", Map.of()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Lambda endpoint ARN");
    }
}
