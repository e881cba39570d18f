package io.carillon.local;

import io.carillon.Ports;
import io.carillon.apigateway.ApiGatewayPoster;
import io.carillon.apigateway.PosterSettings;
import io.carillon.aws.AwsClients;
import io.carillon.aws.AwsSettings;
import io.carillon.config.CarillonConfig;
import io.carillon.dynamodb.DynamoDbChannelLog;
import io.carillon.dynamodb.DynamoDbConnections;
import io.carillon.dynamodb.DynamoDbDevices;
import io.carillon.dynamodb.DynamoDbMembers;
import io.carillon.dynamodb.DynamoDbOutboxes;
import io.carillon.dynamodb.DynamoDbQuota;
import io.carillon.dynamodb.DynamoDbSends;
import io.carillon.dynamodb.DynamoDbShards;
import io.carillon.dynamodb.DynamoDbSightings;
import io.carillon.dynamodb.DynamoDbSubscribers;
import io.carillon.dynamodb.DynamoDbUserTopics;
import io.carillon.dynamodb.Epochs;
import io.carillon.dynamodb.TableNames;
import io.carillon.http.HttpBackends;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.calls.CallFilter;
import io.carillon.local.calls.FilteredClient;
import io.carillon.local.faults.Faults;
import io.carillon.local.template.Environment;
import io.carillon.longpoll.Outboxes;
import io.carillon.longpoll.TransportPoster;
import io.carillon.metrics.Metrics;
import io.carillon.proxy.BackendFailure;
import io.carillon.proxy.Backends;
import io.carillon.push.PushPorts;
import io.carillon.region.HealthFront;
import io.carillon.sns.SnsPushGateway;
import io.carillon.sqs.SqsMailboxes;
import io.carillon.sqs.SqsPushQueue;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The same adapters as in Lambda, on local services: owns the client of the connections. */
final class LocalPorts implements AutoCloseable {

    private static final AwsBasicCredentials ANYBODY = AwsBasicCredentials.create("local", "local");

    /** Lambda is not here. */
    private static final Backends NO_FUNCTIONS = config -> (kind, request, headers) -> {
        throw new BackendFailure("no Lambda functions are here: start ./carillon dev with --function NAME=FILE");
    };

    private final AwsClients clients;
    private final ApiGatewayManagementApiAsyncClient callback;
    private final Outboxes outboxes;
    private final Ports ports;
    private final Optional<PushPorts> push;
    private final HealthFront health;

    LocalPorts(
            LocalAws aws,
            Storage storage,
            URI callbackEndpoint,
            Environment environment,
            LocalQueues queues,
            CarillonConfig config,
            InstantSource clock,
            CallFilter filter,
            Faults faults,
            Metrics metrics) {
        AwsSettings settings = AwsSettings.in(Region.US_EAST_1)
                .at(callbackEndpoint, callbackEndpoint, StaticCredentialsProvider.create(ANYBODY));
        clients = new AwsClients(settings);
        callback = clients.callback(callbackEndpoint);
        TableNames names = TableNames.withPrefix(storage.named(environment.tablePrefix()));
        DynamoDbClient dynamoDb = FilteredClient.of(DynamoDbClient.class, aws.dynamoDb(), filter);
        outboxes = faults.around(new DynamoDbOutboxes(dynamoDb, names, clock));
        SqsClient sqs = FilteredClient.of(SqsClient.class, aws.sqs(), filter);
        push = environment
                .push()
                .map(described -> new PushPorts(
                        new DynamoDbDevices(dynamoDb, names),
                        new DynamoDbUserTopics(dynamoDb, names),
                        new DynamoDbMembers(dynamoDb, names),
                        new DynamoDbSends(dynamoDb, names, clock),
                        new SnsPushGateway(
                                FilteredClient.of(SnsClient.class, aws.sns(), filter),
                                LocalPlatforms.create(aws.sns(), described.applications(), storage)),
                        new SqsPushQueue(sqs, queues.url(described.queueId()))));
        health = new HealthFront(
                Optional.of(config.epochMark())
                        .filter(mark -> !mark.isEmpty())
                        .map(mark -> new DynamoDbSightings(dynamoDb, names, mark)),
                clock);
        ports = new Ports(
                new DynamoDbConnections(dynamoDb, names, clock),
                new DynamoDbChannelLog(dynamoDb, names, clock, new Epochs(config.epochMark())),
                new DynamoDbShards(dynamoDb, names, clock),
                new DynamoDbSubscribers(dynamoDb, names, clock),
                new SqsMailboxes(sqs, queues.url(environment.mailboxesId())),
                faults.around(new TransportPoster(
                        new ApiGatewayPoster(
                                callback,
                                PosterSettings.ofQuota(config.postQuota()),
                                // By the real time, as API Gateway's own throttle; the functions' clock may stand
                                // still.
                                new DynamoDbQuota(dynamoDb, names, config.postQuota(), InstantSource.system()),
                                metrics),
                        outboxes)),
                clock,
                metrics,
                Backends.of(new HttpBackends(), NO_FUNCTIONS));
    }

    Ports ports() {
        return ports;
    }

    HealthFront health() {
        return health;
    }

    Outboxes outboxes() {
        return outboxes;
    }

    /** Gives what mobile push works with; none if the template has no mobile push. */
    Optional<PushPorts> push() {
        return push;
    }

    @Override
    public void close() {
        callback.close();
        clients.close();
    }
}
