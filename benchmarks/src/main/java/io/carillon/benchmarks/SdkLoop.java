package io.carillon.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;

/** Calls the SDK's asynchronous client in a loop: nobody who posts with the SDK is faster. */
final class SdkLoop implements PostLoop {

    private final ApiGatewayManagementApiAsyncClient client;
    private final List<String> connections;
    private final SdkBytes frame;
    private int next;

    SdkLoop(URI endpoint, List<String> connections, byte[] frame) {
        this.connections = connections;
        this.frame = SdkBytes.fromByteArrayUnsafe(frame);
        client = ApiGatewayManagementApiAsyncClient.builder()
                .region(Posting.REGION)
                .credentialsProvider(Posting.CREDENTIALS)
                .endpointOverride(endpoint)
                .httpClientBuilder(AwsCrtAsyncHttpClient.builder().maxConcurrency(IN_FLIGHT))
                .build();
    }

    @Override
    public String name() {
        return "SDK async, CRT";
    }

    @Override
    public long run(Duration time) throws InterruptedException {
        return Pipeline.run(time, IN_FLIGHT, () -> {
            String connection = connections.get(next++ % connections.size());
            return client.postToConnection(post -> post.connectionId(connection).data(frame))
                    .thenApply(answer -> true);
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
