package io.carillon.functions;

import io.carillon.aws.AwsClients;
import io.carillon.dynamodb.DynamoDbDevices;
import io.carillon.dynamodb.DynamoDbMembers;
import io.carillon.dynamodb.DynamoDbSends;
import io.carillon.dynamodb.DynamoDbUserTopics;
import io.carillon.dynamodb.TableNames;
import io.carillon.push.Provider;
import io.carillon.push.PushGateway;
import io.carillon.push.PushPorts;
import io.carillon.sns.SnsPushGateway;
import io.carillon.sqs.SqsPushQueue;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Builds mobile push from a function's environment: it is there with {@code CARILLON_PUSH_QUEUE_URL}, and reaches the
 * devices of those platform applications whose ARNs are in {@code CARILLON_PUSH_FCM_ARN}, {@code CARILLON_PUSH_APNS_ARN}
 * and {@code CARILLON_PUSH_APNS_SANDBOX_ARN}. A function that has none only puts notifications into the queue.
 */
final class PushWiring {

    /** Names the queue. */
    static final String QUEUE = "CARILLON_PUSH_QUEUE_URL";

    private PushWiring() {}

    static Optional<PushPorts> of(Map<String, String> environment, AwsClients clients) {
        String queue = environment.getOrDefault(QUEUE, "");
        if (queue.isEmpty()) {
            return Optional.empty();
        }
        TableNames names =
                TableNames.withPrefix(environment.getOrDefault("CARILLON_TABLE_PREFIX", TableNames.DEFAULT_PREFIX));
        DynamoDbClient dynamoDb = clients.dynamoDb();
        Map<Provider, String> applications = applications(environment);
        return Optional.of(new PushPorts(
                new DynamoDbDevices(dynamoDb, names),
                new DynamoDbUserTopics(dynamoDb, names),
                new DynamoDbMembers(dynamoDb, names),
                new DynamoDbSends(dynamoDb, names, InstantSource.system()),
                applications.isEmpty() ? PushGateway.NONE : new SnsPushGateway(clients.sns(), applications),
                new SqsPushQueue(clients.sqs(), queue)));
    }

    private static Map<Provider, String> applications(Map<String, String> environment) {
        Map<Provider, String> applications = new EnumMap<>(Provider.class);
        for (Provider provider : Provider.values()) {
            String arn = environment.getOrDefault(provider.variable(), "");
            if (!arn.isEmpty()) {
                applications.put(provider, arn);
            }
        }
        return applications;
    }
}
