package io.carillon.scenarios;

import io.carillon.local.Storage;
import io.carillon.local.aws.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * DynamoDB, SQS and SNS at an address, where scenarios make what they need under a name that nothing else has, and leave
 * nothing behind.
 *
 * @param address where it is; credentials and Region come from the AWS SDKs' usual variables
 * @param prefix what the names of all that is made there begin with
 */
record Emulator(URI address, String prefix) {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** Claims a name of one's own there. */
    static Emulator at(URI address) {
        return new Emulator(address, "scenarios-" + UUID.randomUUID().toString().substring(0, 8) + "-");
    }

    /**
     * What scenarios need to know of it: by what name it is in {@code support/left-out.js}, if it is one of those, and how
     * many times longer everything may take.
     */
    Map<String, String> environment() {
        return Map.of("CARILLON_AWS", isMoto() ? "moto" : "", "CARILLON_PATIENCE", "3");
    }

    private boolean isMoto() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/moto-api/data.json"))
                    .timeout(ANSWER)
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing answers at " + address + ": is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking " + address, e);
        }
    }

    Storage storage() {
        return new Storage.Endpoint(address, prefix);
    }

    /** Deletes everything whose name begins with the prefix. */
    void clear() {
        try (LocalAws aws = LocalAws.atEndpoint(address, System.getenv())) {
            clear(aws.dynamoDb());
            clear(aws.sqs());
            clear(aws.sns());
        }
    }

    private void clear(DynamoDbClient dynamoDb) {
        dynamoDb.listTablesPaginator().tableNames().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> dynamoDb.deleteTable(delete -> delete.tableName(name)));
    }

    private void clear(SqsClient sqs) {
        sqs.listQueuesPaginator(list -> list.queueNamePrefix(prefix)).queueUrls().stream()
                .forEach(url -> sqs.deleteQueue(delete -> delete.queueUrl(url)));
    }

    private void clear(SnsClient sns) {
        sns.listTopicsPaginator().topics().stream()
                .filter(topic -> topic.topicArn().contains(":" + prefix))
                .forEach(topic -> sns.deleteTopic(delete -> delete.topicArn(topic.topicArn())));
        sns.listPlatformApplicationsPaginator().platformApplications().stream()
                .filter(application -> application.platformApplicationArn().contains("/" + prefix))
                .forEach(application -> sns.deletePlatformApplication(
                        delete -> delete.platformApplicationArn(application.platformApplicationArn())));
    }
}
