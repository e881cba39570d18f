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
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * DynamoDB, SQS and SNS at an address, where scenarios make what they need under a name that nothing else has, and leave
 * nothing behind. Credentials and Region come from the AWS SDKs' usual variables.
 */
final class Emulator implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final boolean moto;
    private final Optional<OneAtATime> gate;
    private final URI address;
    private final String prefix = "scenarios-" + UUID.randomUUID().toString().substring(0, 8) + "-";

    private Emulator(URI address) {
        moto = isMoto(address);
        // moto serves each request in a thread of its own, with nothing that keeps their writes apart.
        gate = moto ? Optional.of(OneAtATime.before(address)) : Optional.empty();
        this.address = gate.map(OneAtATime::address).orElse(address);
    }

    /** Claims a name of one's own there. */
    static Emulator at(URI address) {
        return new Emulator(address);
    }

    /**
     * What scenarios need to know of it: by what name it is in {@code support/left-out.js}, if it is one of those, and how
     * many times longer everything may take.
     */
    Map<String, String> environment() {
        return Map.of("CARILLON_AWS", moto ? "moto" : "", "CARILLON_PATIENCE", "3");
    }

    private static boolean isMoto(URI address) {
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
    @Override
    public void close() {
        try (LocalAws aws = LocalAws.atEndpoint(address, System.getenv())) {
            clear(aws.dynamoDb());
            clear(aws.sqs());
            clear(aws.sns());
        } finally {
            gate.ifPresent(OneAtATime::close);
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
