package io.carillon.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Builds AWS clients over the CRT's HTTP. All but those of connections share one pool, which {@link #close} closes; no
 * client is built that nobody asks for.
 *
 * <p>Safe for use by several threads.
 */
public final class AwsClients implements AutoCloseable {

    /** One attempt, which includes a TLS handshake at the most. */
    private static final Duration ATTEMPT = Duration.ofSeconds(5);

    /** All attempts together; well within the 29 s that API Gateway waits for a function. */
    private static final Duration CALL = Duration.ofSeconds(15);

    /** One call to a connection. A function's first takes over a second, most of it for loading classes. */
    private static final Duration CALLBACK = Duration.ofSeconds(3);

    private final AwsSettings settings;
    private final SdkHttpClient http;
    private final Supplier<SdkAsyncHttpClient.Builder<?>> callbackHttp;

    public AwsClients(AwsSettings settings) {
        this(
                settings,
                AwsCrtHttpClient.builder()
                        .maxConcurrency(settings.maxConnections())
                        .build(),
                () -> AwsCrtAsyncHttpClient.builder().maxConcurrency(settings.maxCallbacks()));
    }

    private AwsClients(AwsSettings settings, SdkHttpClient http, Supplier<SdkAsyncHttpClient.Builder<?>> callbackHttp) {
        this.settings = settings;
        this.http = http;
        this.callbackHttp = callbackHttp;
    }

    /**
     * Builds clients that do all that a call takes, signing included, and reach nobody: every call is answered at once,
     * with nothing in it. They are for loading classes before a snapshot, and use no credentials of anybody.
     */
    public static AwsClients unconnected(Region region) {
        AwsSettings settings = AwsSettings.unknown(region);
        return new AwsClients(settings, new NoNetwork(), NoNetwork.Builder::new);
    }

    /** Builds a client of DynamoDB, which repeats failed calls as the SDK does by default. */
    public DynamoDbClient dynamoDb() {
        return configured(DynamoDbClient.builder(), settings.dynamoDbEndpoint())
                .httpClient(http)
                .build();
    }

    /** Builds a client of SQS, which repeats failed calls as the SDK does by default. */
    public SqsClient sqs() {
        return configured(SqsClient.builder(), settings.sqsEndpoint())
                .httpClient(http)
                .build();
    }

    /** Builds a client of Secrets Manager, which repeats failed calls as the SDK does by default. */
    public SecretsManagerClient secrets() {
        return configured(SecretsManagerClient.builder(), Optional.empty())
                .httpClient(http)
                .build();
    }

    /** Builds a client of SNS, which repeats failed calls as the SDK does by default. */
    public SnsClient sns() {
        return configured(SnsClient.builder(), Optional.empty())
                .httpClient(http)
                .build();
    }

    /** Builds a client of Lambda in any Region, which repeats nothing by itself. */
    public LambdaClient lambda(Region region) {
        return LambdaClient.builder()
                .region(region)
                .credentialsProvider(settings.credentials())
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClient(http)
                .build();
    }

    /**
     * Builds a client of one API's connections, with a pool of its own, which repeats nothing by itself.
     *
     * @param endpoint the API's own address with its stage, built from API id and Region, as in
     *     {@code https://a1b2c3.execute-api.eu-west-1.amazonaws.com/live}; never from a request's domain, which a client
     *     can choose
     */
    public ApiGatewayManagementApiAsyncClient callback(URI endpoint) {
        return callback(endpoint, CALLBACK);
    }

    /** The same with another limit to how long a call may take. */
    public ApiGatewayManagementApiAsyncClient callback(URI endpoint, Duration timeout) {
        return ApiGatewayManagementApiAsyncClient.builder()
                .region(settings.region())
                .credentialsProvider(settings.credentials())
                .endpointOverride(endpoint)
                .overrideConfiguration(override ->
                        override.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(timeout))
                .httpClientBuilder(callbackHttp.get())
                .build();
    }

    @Override
    public void close() {
        http.close();
    }

    private <B extends AwsClientBuilder<B, ?>> B configured(B builder, Optional<URI> endpoint) {
        builder.region(settings.region())
                .credentialsProvider(settings.credentials())
                .overrideConfiguration(
                        override -> override.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL));
        endpoint.ifPresent(builder::endpointOverride);
        return builder;
    }
}
