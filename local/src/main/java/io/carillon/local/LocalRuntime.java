package io.carillon.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.Carillon;
import io.carillon.Ports;
import io.carillon.dynamodb.DynamoDbChannelLog;
import io.carillon.dynamodb.DynamoDbConnections;
import io.carillon.dynamodb.DynamoDbShards;
import io.carillon.dynamodb.DynamoDbSubscribers;
import io.carillon.dynamodb.TableNames;
import io.carillon.dynamodb.Tables;
import io.carillon.functions.ApiHandler;
import io.carillon.functions.ConnectHandler;
import io.carillon.functions.DeliverHandler;
import io.carillon.functions.DisconnectHandler;
import io.carillon.functions.MessageHandler;
import io.carillon.local.aws.CreatedQueue;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import io.carillon.local.eventsource.SqsEventSource;
import io.carillon.local.eventsource.SqsEventSourceMapping;
import io.carillon.local.gateway.LocalGateway;
import io.carillon.local.gateway.WebSocketRoutes;
import io.carillon.local.lambda.AccountConcurrency;
import io.carillon.local.lambda.InProcessFunction;
import io.carillon.local.lambda.LambdaFunction;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Runs all of Carillon in this JVM: API Gateway, the functions behind it, their event sources, tables and queues. The
 * functions are the very handlers that Lambda runs, called through the same JSON.
 *
 * <p>Safe for use by several threads.
 */
public final class LocalRuntime implements AutoCloseable {

    private static final String MAILBOXES = "carillon-mailboxes.fifo";
    private static final Duration FUNCTION_TIMEOUT = Duration.ofSeconds(29);
    private static final Duration VISIBILITY = Duration.ofSeconds(30);
    private static final int RECEIVES = 10;

    private final LocalAws aws;
    private final LocalGateway gateway;
    private final SqsEventSource deliveries;

    private LocalRuntime(RuntimeSettings settings, LocalAws aws, LocalGateway gateway) {
        this.aws = aws;
        this.gateway = gateway;
        AccountConcurrency concurrency = new AccountConcurrency(settings.concurrency());
        DynamoDbClient dynamoDb = aws.dynamoDb();
        TableNames names = TableNames.withPrefix(TableNames.DEFAULT_PREFIX);
        Tables.create(dynamoDb, names);
        CreatedQueue queue = new Queues(aws.sqs()).fifo(MAILBOXES, VISIBILITY, RECEIVES);
        Provisional.Poster poster = new Provisional.Poster(gateway.callbackEndpoint());
        Ports ports = new Ports(
                new DynamoDbConnections(dynamoDb, names, settings.clock()),
                new DynamoDbChannelLog(dynamoDb, names, settings.clock()),
                new DynamoDbShards(dynamoDb, names, settings.clock()),
                new DynamoDbSubscribers(dynamoDb, names, settings.clock()),
                new Provisional.Mailboxes(aws.sqs(), queue.url()),
                poster,
                settings.clock());
        Carillon carillon = new Carillon(ports, settings.config());
        this.deliveries = SqsEventSource.start(
                SqsEventSourceMapping.of(queue.url()),
                aws.sqs(),
                aws.queueWatch(),
                function("deliver", new DeliverHandler(carillon.deliverer()), concurrency));
        gateway.serve(
                WebSocketRoutes.of(
                        function("connect", new ConnectHandler(carillon.doorkeeper()), concurrency),
                        function("message", new MessageHandler(carillon.frameHandler()), concurrency),
                        function("disconnect", new DisconnectHandler(carillon.closer()), concurrency)),
                function("api", new ApiHandler(carillon.httpFront()), concurrency));
    }

    private static LambdaFunction function(String name, RequestStreamHandler handler, AccountConcurrency concurrency) {
        return new InProcessFunction(name, handler, FUNCTION_TIMEOUT, concurrency);
    }

    /** Starts everything, and returns when it takes connections. */
    public static LocalRuntime start(RuntimeSettings settings) {
        LocalGateway gateway = LocalGateway.bind(settings.gateway());
        LocalAws aws = switch (settings.storage()) {
            case Storage.InMemory memory -> LocalAws.inMemory();
            case Storage.Directory(var path) -> LocalAws.inDirectory(path);
            case Storage.Endpoint(var address) -> LocalAws.atEndpoint(address, System.getenv());
        };
        try {
            return new LocalRuntime(settings, aws, gateway);
        } catch (RuntimeException e) {
            gateway.close();
            aws.close();
            throw e;
        }
    }

    public int port() {
        return gateway.port();
    }

    /** Gives the emulated API Gateway, whose behaviours may be changed while it runs. */
    public LocalGateway gateway() {
        return gateway;
    }

    @Override
    public void close() {
        gateway.close();
        deliveries.close();
        aws.close();
    }
}
