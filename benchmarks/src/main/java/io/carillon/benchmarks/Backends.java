package io.carillon.benchmarks;

import io.carillon.config.AllowedOrigins;
import io.carillon.config.Config;
import io.carillon.delivery.ShardState;
import io.carillon.delivery.Subscriber;
import io.carillon.dynamodb.DynamoDbChannelLog;
import io.carillon.dynamodb.DynamoDbConnections;
import io.carillon.dynamodb.DynamoDbShards;
import io.carillon.dynamodb.DynamoDbSubscribers;
import io.carillon.dynamodb.TableNames;
import io.carillon.dynamodb.Tables;
import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.SubscribeOptions;
import io.carillon.local.aws.CreatedQueue;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import io.carillon.session.Doorkeeper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The services that functions in processes of their own call, and what is in them before. */
final class Backends implements AutoCloseable {

    static final String KEY = "not-a-real-key";

    /** The channel and the epoch of the sample events. */
    private static final String CHANNEL = "chat:room1";

    private static final Position BEFORE = new Position(40, "Kx7q");
    private static final String CONFIG = """
            {"client":{"allow_anonymous_connect_without_token":true,"allowed_origins":["*"]},
             "http_api":{"key":"%s"},
             "channel":{"namespaces":[{"name":"chat","history_size":10,"history_ttl":"60s","force_recovery":true,
               "allow_subscribe_for_client":true,"allow_subscribe_for_anonymous":true}]}}""".formatted(KEY);

    private final DynamoDbServer dynamoDb;
    private final LocalAws aws;
    private final ServerProcess callback;
    private final DynamoDbClient client;
    private final CreatedQueue queue;
    private final Doorkeeper doorkeeper;

    Backends() throws IOException {
        dynamoDb = DynamoDbServer.start();
        aws = LocalAws.inMemory();
        callback = ServerProcess.start(Duration.ZERO);
        client = DynamoDbClient.builder()
                .region(Posting.REGION)
                .credentialsProvider(Posting.CREDENTIALS)
                .endpointOverride(dynamoDb.endpoint())
                .build();
        queue = new Queues(aws.sqs()).fifo("bench-mailboxes.fifo", Duration.ofSeconds(30), 10);
        TableNames names = TableNames.withPrefix(TableNames.DEFAULT_PREFIX);
        Tables.create(client, names);
        InstantSource clock = InstantSource.system();
        fill(names, clock);
        doorkeeper = new Doorkeeper(
                new DynamoDbConnections(client, names, clock),
                new AllowedOrigins(Config.read(CONFIG).client()),
                clock);
    }

    private void fill(TableNames names, InstantSource clock) {
        new DynamoDbChannelLog(client, names, clock).openShard(CHANNEL, 0, Duration.ofDays(30));
        new DynamoDbShards(client, names, clock).save(CHANNEL, 0, new ShardState(BEFORE, 1, true, 1));
        new DynamoDbSubscribers(client, names, clock)
                .put(
                        CHANNEL,
                        0,
                        new Subscriber(
                                "HfAbCcDdEeFfGgA=",
                                1,
                                ClientInfo.NONE,
                                SubscribeOptions.NONE,
                                BEFORE,
                                false,
                                false,
                                clock.instant().getEpochSecond() + 3_600));
    }

    /** Lets a connection in, as the connect function does. */
    void admit(String connection) {
        doorkeeper.admit(connection, "https://chat.example.com");
    }

    /** Puts the delivery position back to before the sample's publications. */
    void rewind() {
        InstantSource clock = InstantSource.system();
        TableNames names = TableNames.withPrefix(TableNames.DEFAULT_PREFIX);
        DynamoDbShards shards = new DynamoDbShards(client, names, clock);
        ShardState state = shards.load(CHANNEL, 0);
        shards.save(CHANNEL, 0, new ShardState(BEFORE, 1, true, state.version() + 1));
    }

    /** What a function finds in its environment. */
    Map<String, String> environment() {
        URI sqs = URI.create(queue.url());
        return Map.ofEntries(
                Map.entry("AWS_REGION", Posting.REGION.id()),
                Map.entry("AWS_ACCESS_KEY_ID", "bench"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "bench"),
                Map.entry("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString()),
                Map.entry("AWS_ENDPOINT_URL_SQS", sqs.getScheme() + "://" + sqs.getAuthority()),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", "bench"),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "bench"),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
                Map.entry("CARILLON_CONFIG", CONFIG),
                Map.entry("CARILLON_MAILBOX_QUEUE_URL", queue.url()),
                Map.entry("CARILLON_MAILBOX_DLQ_URL", queue.deadLetterUrl()),
                Map.entry("CARILLON_CALLBACK_URL", callback.endpoint().toString()));
    }

    @Override
    public void close() {
        client.close();
        callback.close();
        aws.close();
        dynamoDb.close();
    }
}
