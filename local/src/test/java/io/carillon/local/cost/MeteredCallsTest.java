package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import io.carillon.local.calls.FilteredClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

// The SDK's short forms take arrays of generic builders.
@SuppressWarnings("unchecked")
class MeteredCallsTest {

    private static final String TABLE = "things";

    private static LocalAws aws;
    private static String queueUrl;

    private final Counters counters = new Counters();
    private final MeteredCalls filter = new MeteredCalls(counters);
    private final DynamoDbClient dynamoDb = FilteredClient.of(DynamoDbClient.class, aws.dynamoDb(), filter);
    private final SqsClient sqs = FilteredClient.of(SqsClient.class, aws.sqs(), filter);
    private final SnsClient sns = FilteredClient.of(SnsClient.class, aws.sns(), filter);

    @BeforeAll
    static void start() {
        aws = LocalAws.inMemory();
        queueUrl = new Queues(aws.sqs())
                .fifo("metered.fifo", Duration.ofSeconds(30), 5)
                .url();
        aws.dynamoDb()
                .createTable(table -> table.tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                        .attributeDefinitions(
                                id -> id.attributeName("id").attributeType(ScalarAttributeType.S),
                                user -> user.attributeName("user").attributeType(ScalarAttributeType.S))
                        .globalSecondaryIndexes(index -> index.indexName("user")
                                .keySchema(key -> key.attributeName("user").keyType(KeyType.HASH))
                                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))));
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private double used(Billed item) {
        return counters.sums().get(item);
    }

    private static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    private static Map<String, AttributeValue> item(String id, int bytes) {
        return Map.of("id", s(id), "data", s("x".repeat(bytes)));
    }

    private void put(Map<String, AttributeValue> item) {
        dynamoDb.putItem(put -> put.tableName(TABLE).item(item));
    }

    @Test
    void shouldCountWritesByTheKilobyte() {
        put(item("small", 500));
        put(item("large", 1_500));

        assertThat(used(Billed.DYNAMODB_WRITE_UNITS)).isEqualTo(1 + 2);
        assertThat(used(Billed.DYNAMODB_READ_UNITS)).isZero();
    }

    @Test
    void shouldCountTheWritesOfIndexes() {
        put(Map.of("id", s("indexed"), "user", s("alice")));

        assertThat(used(Billed.DYNAMODB_WRITE_UNITS)).isEqualTo(2);
    }

    @Test
    void shouldCountReadsByTheirConsistency() {
        // Given
        put(item("read", 5_000));

        // When
        dynamoDb.getItem(
                get -> get.tableName(TABLE).key(Map.of("id", s("read"))).consistentRead(true));
        dynamoDb.getItem(get -> get.tableName(TABLE).key(Map.of("id", s("read"))));
        dynamoDb.query(query -> query.tableName(TABLE)
                .consistentRead(true)
                .keyConditionExpression("id = :id")
                .expressionAttributeValues(Map.of(":id", s("read"))));

        // Then
        assertThat(used(Billed.DYNAMODB_READ_UNITS)).isEqualTo(2 + 1 + 2);
    }

    @Test
    void shouldCountTransactionsTwiceAndItemByItem() {
        dynamoDb.transactWriteItems(write -> write.transactItems(
                one -> one.put(put -> put.tableName(TABLE).item(item("first", 100))),
                two -> two.put(put -> put.tableName(TABLE).item(item("second", 1_500)))));

        assertThat(used(Billed.DYNAMODB_WRITE_UNITS)).isEqualTo(2 * (1 + 2));
    }

    @Test
    void shouldCountWritesThatWereRefused() {
        put(item("taken", 100));

        assertThatThrownBy(() -> dynamoDb.putItem(put ->
                        put.tableName(TABLE).item(item("taken", 100)).conditionExpression("attribute_not_exists(id)")))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThatThrownBy(() -> dynamoDb.transactWriteItems(write -> write.transactItems(
                        one -> one.put(put -> put.tableName(TABLE).item(item("other", 100))),
                        two -> two.put(put -> put.tableName(TABLE)
                                .item(item("taken", 100))
                                .conditionExpression("attribute_not_exists(id)")))))
                .isInstanceOf(TransactionCanceledException.class);

        assertThat(used(Billed.DYNAMODB_WRITE_UNITS)).isEqualTo(1 + 1 + 4);
    }

    @Test
    void shouldCountQueueRequestsByTheirSizeAndNoEmptyReceives() {
        // Given: 66,000 bytes, which are two units
        sqs.sendMessageBatch(batch -> batch.queueUrl(queueUrl)
                .entries(
                        one -> one.id("1")
                                .messageGroupId("a")
                                .messageDeduplicationId("1")
                                .messageBody("x".repeat(33_000)),
                        two -> two.id("2")
                                .messageGroupId("a")
                                .messageDeduplicationId("2")
                                .messageBody("x".repeat(33_000))));
        assertThat(used(Billed.SQS_FIFO_REQUESTS)).isEqualTo(2);

        // When
        var received = sqs.receiveMessage(receive -> receive.queueUrl(queueUrl).maxNumberOfMessages(10))
                .messages();
        sqs.receiveMessage(receive -> receive.queueUrl(queueUrl));
        sqs.deleteMessageBatch(delete -> delete.queueUrl(queueUrl)
                .entries(
                        one -> one.id("1").receiptHandle(handle(received.get(0))),
                        two -> two.id("2").receiptHandle(handle(received.get(1)))));

        // Then
        assertThat(used(Billed.SQS_FIFO_REQUESTS)).isEqualTo(2 + 2 + 1);
        assertThat(used(Billed.SQS_REQUESTS)).isZero();
    }

    private static String handle(Message message) {
        return message.receiptHandle();
    }

    @Test
    void shouldCountRequestsToStandardQueuesApart() {
        String url = aws.sqs().createQueue(queue -> queue.queueName("metered")).queueUrl();

        sqs.sendMessage(send -> send.queueUrl(url).messageBody("hello"));

        assertThat(used(Billed.SQS_REQUESTS)).isEqualTo(1);
        assertThat(used(Billed.SQS_FIFO_REQUESTS)).isZero();
    }

    @Test
    void shouldCountPublishes() {
        String topic = aws.sns().createTopic(create -> create.name("metered")).topicArn();

        sns.publish(publish -> publish.topicArn(topic).message("hello"));
        sns.publish(publish -> publish.topicArn(topic).message("x".repeat(65_537)));

        assertThat(used(Billed.SNS_PUBLISHES)).isEqualTo(3);
        assertThat(used(Billed.SNS_MOBILE_NOTIFICATIONS)).isZero();
    }

    @Test
    void shouldCountNotificationsToDevicesBesideTheirPublish() {
        String application = aws.sns()
                .createPlatformApplication(create ->
                        create.name("metered").platform("GCM").attributes(Map.of("PlatformCredential", "none")))
                .platformApplicationArn();
        String endpoint = aws.sns()
                .createPlatformEndpoint(
                        create -> create.platformApplicationArn(application).token("token"))
                .endpointArn();

        sns.publish(publish -> publish.targetArn(endpoint).message("hello"));

        assertThat(used(Billed.SNS_PUBLISHES)).isEqualTo(1);
        assertThat(used(Billed.SNS_MOBILE_NOTIFICATIONS)).isEqualTo(1);
    }
}
