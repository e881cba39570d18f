package io.carillon.local.aws;

import io.carillon.local.aws.sns.SentPush;
import io.carillon.local.aws.sns.SnsServer;
import io.carillon.local.eventsource.QueueWatch;
import io.carillon.local.lambda.LambdaFunction;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Gives the AWS services that Carillon calls: embedded in this JVM, or at an address where something else serves them.
 *
 * <p>Embedded services start side by side in the background; each accessor waits for its own service, so a caller can
 * make tables while the queues are still starting. An accessor throws {@link IllegalStateException} if its service did
 * not start. The clients belong to this object and are closed with it.
 *
 * <p>Safe for use by several threads.
 */
public final class LocalAws implements AutoCloseable {

    /** The account number in the ARNs of embedded services. */
    public static final String ACCOUNT = "000000000000";

    private final Resources resources = new Resources();
    private final CompletableFuture<DynamoDbClient> dynamoDb;
    private final CompletableFuture<SqsClient> sqs;
    private final CompletableFuture<SnsClient> sns;
    private final CompletableFuture<Optional<SnsServer>> snsServer;
    private final QueueWatch queueWatch;

    private LocalAws(Supplier<EmbeddedDynamoDb> database) {
        var activity = new QueueActivity();
        var clients = resources.start(() -> resources.own(new LocalClients(AwsAccess.LOCAL)));
        queueWatch = activity;
        dynamoDb = resources.start(() -> resources.own(database.get()).client());
        sqs = resources.start(() -> {
            var server =
                    resources.own(EmbeddedSqs.start(AwsAccess.LOCAL.region().id(), ACCOUNT));
            return resources.own(clients.join().sqs(server.endpoint(), activity));
        });
        snsServer = resources.start(() -> Optional.of(resources.own(
                SnsServer.start(this::sqs, AwsAccess.LOCAL.region().id(), ACCOUNT))));
        sns = resources.start(() ->
                resources.own(clients.join().sns(snsServer.join().orElseThrow().endpoint())));
    }

    private LocalAws(URI endpoint, AwsAccess access) {
        var activity = new QueueActivity();
        var clients = resources.start(() -> resources.own(new LocalClients(access)));
        queueWatch = activity;
        dynamoDb = clients.thenApply(all -> resources.own(all.dynamoDb(endpoint)));
        sqs = clients.thenApply(all -> resources.own(all.sqs(endpoint, activity)));
        sns = clients.thenApply(all -> resources.own(all.sns(endpoint)));
        snsServer = CompletableFuture.completedFuture(Optional.empty());
    }

    /** Starts embedded services that forget everything when they are closed. */
    public static LocalAws inMemory() {
        return new LocalAws(EmbeddedDynamoDb::inMemory);
    }

    /**
     * Starts embedded services that keep their tables in a directory, which is made if it is missing. Queues are empty
     * at each start: what was in flight is healed from the tables.
     */
    public static LocalAws inDirectory(Path directory) {
        return new LocalAws(() -> EmbeddedDynamoDb.inDirectory(directory));
    }

    /**
     * Uses the DynamoDB, SQS and SNS at one address, such as LocalStack's.
     *
     * @param environment gives credentials and Region by the names that the AWS SDKs use; without them they are
     *     {@code local} and {@code us-east-1}
     */
    public static LocalAws atEndpoint(URI endpoint, Map<String, String> environment) {
        return new LocalAws(endpoint, AwsAccess.from(environment));
    }

    public DynamoDbClient dynamoDb() {
        return started(dynamoDb);
    }

    public SqsClient sqs() {
        return started(sqs);
    }

    public SnsClient sns() {
        return started(sns);
    }

    /** Lists the notifications that devices would have got, oldest first; none if SNS is not embedded. */
    public List<SentPush> sentPushes() {
        return started(snsServer).map(SnsServer::sentPushes).orElse(List.of());
    }

    /**
     * Lets SNS invoke a function, by its name.
     *
     * @throws IllegalStateException if SNS is not embedded
     */
    public void serve(LambdaFunction function) {
        started(snsServer)
                .orElseThrow(() -> new IllegalStateException("the SNS at another address cannot invoke the function "
                        + function.name() + " of this machine"))
                .serve(function);
    }

    /** Says how event sources wait for messages of these queues. */
    public QueueWatch queueWatch() {
        return queueWatch;
    }

    /** Closes the clients, then stops the embedded services. */
    @Override
    public void close() {
        resources.close();
    }

    private static <T> T started(CompletableFuture<T> service) {
        try {
            return service.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }
}
