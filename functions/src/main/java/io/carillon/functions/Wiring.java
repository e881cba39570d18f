package io.carillon.functions;

import io.carillon.Carillon;
import io.carillon.Ports;
import io.carillon.apigateway.ApiGatewayPoster;
import io.carillon.apigateway.PosterSettings;
import io.carillon.aws.AwsClients;
import io.carillon.aws.AwsSettings;
import io.carillon.config.Config;
import io.carillon.delivery.DeadLetters;
import io.carillon.dynamodb.DynamoDbChannelLog;
import io.carillon.dynamodb.DynamoDbConnections;
import io.carillon.dynamodb.DynamoDbQuota;
import io.carillon.dynamodb.DynamoDbShards;
import io.carillon.dynamodb.DynamoDbSubscribers;
import io.carillon.dynamodb.TableNames;
import io.carillon.sqs.SqsDeadLetters;
import io.carillon.sqs.SqsMailboxes;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Builds the logic from a function's environment: {@code CARILLON_CONFIG} (the configuration, JSON),
 * {@code CARILLON_TABLE_PREFIX}, {@code CARILLON_MAILBOX_QUEUE_URL}, {@code CARILLON_MAILBOX_DLQ_URL} (only for the
 * deliverer), {@code CARILLON_CALLBACK_URL} (the WebSocket API's own address with its stage; never one taken from a
 * request) and Lambda's {@code AWS_REGION}; {@code CARILLON_STAGE} is the dimension of its metrics, and
 * {@code CARILLON_LOG_LEVEL} what {@link FunctionLog} says.
 */
final class Wiring {

    private Wiring() {}

    /** Builds it from the process's environment; a missing variable stops the start. */
    static Started fromEnvironment() {
        return from(System.getenv());
    }

    /** Builds what takes unreadable messages; it has a client of its own, which is used almost never. */
    static DeadLetters deadLettersFromEnvironment() {
        Map<String, String> environment = System.getenv();
        return new SqsDeadLetters(clients(environment).sqs(), required(environment, "CARILLON_MAILBOX_DLQ_URL"));
    }

    private static AwsClients clients(Map<String, String> environment) {
        return new AwsClients(AwsSettings.in(Region.of(required(environment, "AWS_REGION"))));
    }

    /** What a function runs: the logic, and what stands around its invocations. */
    record Started(Carillon carillon, Invocations invocations) {}

    static Started from(Map<String, String> environment) {
        FunctionLog.start(environment);
        Config config = Config.read(required(environment, "CARILLON_CONFIG"));
        TableNames names =
                TableNames.withPrefix(environment.getOrDefault("CARILLON_TABLE_PREFIX", TableNames.DEFAULT_PREFIX));
        AwsClients clients = clients(environment);
        DynamoDbClient dynamoDb = clients.dynamoDb();
        InstantSource clock = InstantSource.system();
        URI callback = URI.create(required(environment, "CARILLON_CALLBACK_URL"));
        int postQuota = config.carillon().postQuota();
        EmfMetrics metrics = new EmfMetrics(environment.getOrDefault("CARILLON_STAGE", "default"), System.out, clock);
        Carillon carillon = new Carillon(
                new Ports(
                        new DynamoDbConnections(dynamoDb, names, clock),
                        new DynamoDbChannelLog(dynamoDb, names, clock),
                        new DynamoDbShards(dynamoDb, names, clock),
                        new DynamoDbSubscribers(dynamoDb, names, clock),
                        new SqsMailboxes(clients.sqs(), required(environment, "CARILLON_MAILBOX_QUEUE_URL")),
                        new ApiGatewayPoster(
                                clients.callback(callback),
                                PosterSettings.ofQuota(postQuota),
                                new DynamoDbQuota(dynamoDb, names, postQuota, clock),
                                metrics),
                        clock,
                        metrics),
                config);
        return new Started(carillon, new Invocations(metrics::flush));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalStateException(
                    "The environment variable " + name + " is not set: see the stack's functions");
        }
        return value;
    }
}
