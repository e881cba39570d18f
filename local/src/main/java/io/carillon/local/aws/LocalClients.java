package io.carillon.local.aws;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes SDK clients that share one HTTP client; closing it closes that, and not the clients it made. */
final class LocalClients implements AutoCloseable {

    /** Each long poll holds a connection open, and so does each call of a handler that runs beside the others. */
    private static final int MAX_CONNECTIONS = 512;

    private final AwsAccess access;
    private final SdkHttpClient http;

    LocalClients(AwsAccess access) {
        this.access = access;
        this.http = AwsCrtHttpClient.builder()
                .maxConcurrency(MAX_CONNECTIONS)
                .connectionTimeout(Duration.ofSeconds(5))
                .connectionMaxIdleTime(Duration.ofSeconds(60))
                .build();
    }

    DynamoDbClient dynamoDb(URI endpoint) {
        return at(endpoint, DynamoDbClient.builder().httpClient(http)).build();
    }

    SqsClient sqs(URI endpoint, ExecutionInterceptor... interceptors) {
        var builder = at(endpoint, SqsClient.builder().httpClient(http));
        return builder.overrideConfiguration(settings -> {
                    for (var interceptor : interceptors) {
                        settings.addExecutionInterceptor(interceptor);
                    }
                })
                .build();
    }

    SnsClient sns(URI endpoint) {
        return at(endpoint, SnsClient.builder().httpClient(http)).build();
    }

    @Override
    public void close() {
        http.close();
    }

    private <B extends AwsClientBuilder<B, ?>> B at(URI endpoint, B builder) {
        return builder.endpointOverride(endpoint)
                .credentialsProvider(access.credentials())
                .region(access.region());
    }
}
