package io.carillon.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.Carillon;
import io.carillon.Ports;
import io.carillon.apigateway.ApiGatewayPoster;
import io.carillon.apigateway.PosterSettings;
import io.carillon.aws.AwsClients;
import io.carillon.aws.AwsSettings;
import io.carillon.config.CarillonConfig;
import io.carillon.config.Config;
import io.carillon.config.EventKind;
import io.carillon.config.PackedConfig;
import io.carillon.config.SecretSection;
import io.carillon.delivery.DeadLetters;
import io.carillon.dynamodb.DynamoDbChannelLog;
import io.carillon.dynamodb.DynamoDbConnections;
import io.carillon.dynamodb.DynamoDbOutboxes;
import io.carillon.dynamodb.DynamoDbQuota;
import io.carillon.dynamodb.DynamoDbShards;
import io.carillon.dynamodb.DynamoDbSightings;
import io.carillon.dynamodb.DynamoDbSubscribers;
import io.carillon.dynamodb.Epochs;
import io.carillon.dynamodb.TableNames;
import io.carillon.events.Json;
import io.carillon.http.HttpBackends;
import io.carillon.lambda.LambdaBackends;
import io.carillon.longpoll.Outboxes;
import io.carillon.longpoll.TransportPoster;
import io.carillon.metrics.Metrics;
import io.carillon.proxy.Backends;
import io.carillon.push.PushPorts;
import io.carillon.region.HealthFront;
import io.carillon.sns.SnsEventTopic;
import io.carillon.sqs.SqsDeadLetters;
import io.carillon.sqs.SqsMailboxes;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Builds the logic from a function's environment: {@code CARILLON_CONFIG} (the configuration as {@link PackedConfig}
 * packs it, without secrets), {@code CARILLON_TABLE_PREFIX}, {@code CARILLON_MAILBOX_QUEUE_URL},
 * {@code CARILLON_MAILBOX_DLQ_URL} (only for the deliverer), {@code CARILLON_CALLBACK_URL} (the WebSocket API's own address
 * with its stage; never one taken from a request), Lambda's {@code AWS_REGION}, and the secrets that
 * {@link SecretSection#variable} names; {@code CARILLON_EVENTS_TOPIC_ARN}, only where the configuration asks for events;
 * {@code CARILLON_STAGE} is the dimension of its metrics, and {@code CARILLON_LOG_LEVEL} what {@link FunctionLog} says.
 * Mobile push is in {@link PushWiring}.
 */
final class Wiring {

    private final ObjectNode config;
    private final Outboxes outboxes;
    private final Ports ports;
    private final Optional<PushPorts> push;
    private final AwsClients clients;
    private final Invocations invocations;

    private Wiring(Map<String, String> environment, AwsClients clients, PrintStream metricsOut) {
        this.clients = clients;
        config = Json.read(PackedConfig.unpack(required(environment, "CARILLON_CONFIG")), ObjectNode.class);
        EmfMetrics metrics = new EmfMetrics(
                environment.getOrDefault("CARILLON_STAGE", "default"), metricsOut, InstantSource.system());
        TableNames names = tables(environment);
        DynamoDbClient dynamoDb = clients.dynamoDb();
        outboxes = new DynamoDbOutboxes(dynamoDb, names, InstantSource.system());
        Ports plain = ports(environment, dynamoDb, names, metrics);
        ports = EventKind.isAskedBy(config(Map.of()))
                ? plain.withEvents(new SnsEventTopic(clients.sns(), required(environment, "CARILLON_EVENTS_TOPIC_ARN")))
                : plain;
        push = PushWiring.of(environment, clients);
        invocations = new Invocations(metrics::flush);
    }

    /** The same for a part that is made from secrets, where there are none: see {@link Priming}. */
    static <T> Renewing<T> rehearsed(Map<String, String> environment, BiFunction<Carillon, Outboxes, T> part) {
        Wiring wiring = unconnected(environment);
        T made = part.apply(new Carillon(wiring.ports, wiring.config(Map.of()), wiring.push), wiring.outboxes);
        return new Renewing<>(() -> made, wiring.invocations);
    }

    /** Builds it for {@link Priming}: it calls nobody, and its metrics go nowhere. */
    static Started rehearsed(Map<String, String> environment) {
        return unconnected(environment).started();
    }

    /** The same as {@link #deadLettersFromEnvironment}, for {@link Priming}. */
    static DeadLetters rehearsedDeadLetters(Map<String, String> environment) {
        Region region = Region.of(required(environment, "AWS_REGION"));
        return new SqsDeadLetters(
                AwsClients.unconnected(region).sqs(), required(environment, "CARILLON_MAILBOX_DLQ_URL"));
    }

    private static Wiring live(Map<String, String> environment) {
        FunctionLog.start(environment);
        return new Wiring(environment, clients(environment), System.out);
    }

    private static Wiring unconnected(Map<String, String> environment) {
        return new Wiring(
                environment,
                AwsClients.unconnected(Region.of(required(environment, "AWS_REGION"))),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    private Started started() {
        return new Started(new Carillon(ports, config(Map.of()), push), invocations);
    }

    /** What a function runs: the logic, and what stands around its invocations. */
    record Started(Carillon carillon, Invocations invocations) {}

    /** The same for a part that is made from secrets, and made anew when they change. */
    record Renewing<T>(Supplier<T> part, Invocations invocations) {}

    /** Builds it from the process's environment; a missing variable stops the start. */
    static Started fromEnvironment() {
        return from(System.getenv());
    }

    /** Builds what takes unreadable messages; it has a client of its own, which is used almost never. */
    static DeadLetters deadLettersFromEnvironment() {
        Map<String, String> environment = System.getenv();
        return new SqsDeadLetters(clients(environment).sqs(), required(environment, "CARILLON_MAILBOX_DLQ_URL"));
    }

    /** Builds what answers health checks; it has a client of its own, which is used only where there are two Regions. */
    static HealthFront healthFromEnvironment() {
        Map<String, String> environment = System.getenv();
        String mark = Json.read(PackedConfig.unpack(required(environment, "CARILLON_CONFIG")), ObjectNode.class)
                .at("/carillon/epoch_mark")
                .asText();
        if (mark.isEmpty()) {
            return HealthFront.ofOneRegion();
        }
        DynamoDbClient client = clients(environment).dynamoDb();
        return new HealthFront(
                Optional.of(new DynamoDbSightings(client, tables(environment), mark)), InstantSource.system());
    }

    private static TableNames tables(Map<String, String> environment) {
        return TableNames.withPrefix(environment.getOrDefault("CARILLON_TABLE_PREFIX", TableNames.DEFAULT_PREFIX));
    }

    static AwsClients clients(Map<String, String> environment) {
        return new AwsClients(AwsSettings.in(Region.of(required(environment, "AWS_REGION"))));
    }

    static Started from(Map<String, String> environment) {
        return live(environment).started();
    }

    /** Builds a part that is made from secrets, and made anew when they change. */
    static <T> Renewing<T> renewed(Function<Carillon, T> part) {
        return renewed((carillon, outboxes) -> part.apply(carillon));
    }

    /** The same for a part that also needs what waits for long-poll clients. */
    static <T> Renewing<T> renewed(BiFunction<Carillon, Outboxes, T> part) {
        Wiring wiring = live(System.getenv());
        SecretsManagerClient client = wiring.clients.secrets();
        StoredSecrets secrets = StoredSecrets.of(
                System.getenv(),
                name -> client.getSecretValue(secret -> secret.secretId(name)).secretString());
        Supplier<T> renewed = new Renewed<>(
                secrets::read,
                current -> part.apply(new Carillon(wiring.ports, wiring.config(current), wiring.push), wiring.outboxes),
                InstantSource.system());
        return new Renewing<>(renewed, wiring.invocations);
    }

    private Config config(Map<SecretSection, String> current) {
        return Config.read(StoredSecrets.lay(current, config));
    }

    private Ports ports(Map<String, String> environment, DynamoDbClient dynamoDb, TableNames names, Metrics metrics) {
        CarillonConfig carillon = config(Map.of()).carillon();
        int postQuota = carillon.postQuota();
        InstantSource clock = InstantSource.system();
        URI callback = URI.create(required(environment, "CARILLON_CALLBACK_URL"));
        return new Ports(
                new DynamoDbConnections(dynamoDb, names, clock),
                new DynamoDbChannelLog(dynamoDb, names, clock, new Epochs(carillon.epochMark())),
                new DynamoDbShards(dynamoDb, names, clock),
                new DynamoDbSubscribers(dynamoDb, names, clock),
                new SqsMailboxes(clients.sqs(), required(environment, "CARILLON_MAILBOX_QUEUE_URL")),
                new TransportPoster(
                        new ApiGatewayPoster(
                                clients.callback(callback),
                                PosterSettings.ofQuota(postQuota),
                                new DynamoDbQuota(dynamoDb, names, postQuota, clock),
                                metrics),
                        outboxes),
                clock,
                metrics,
                Backends.of(new HttpBackends(), new LambdaBackends(clients::lambda)));
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
