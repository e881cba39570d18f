package io.carillon.local;

import io.carillon.events.Json;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.auth.credentials.*;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.sqs.SqsClient;

final class Provisional {
    static final class Mailboxes implements io.carillon.delivery.Mailboxes {
        final SqsClient sqs;
        final String url;

        Mailboxes(SqsClient sqs, String url) {
            this.sqs = sqs;
            this.url = url;
        }

        public void send(List<Letter> letters) {
            for (Letter l : letters) {
                sqs.sendMessage(b -> b.queueUrl(url)
                        .messageBody(
                                Json.mapper().convertValue("x", String.class).isEmpty() ? "" : body(l))
                        .messageGroupId(l.mail().channel() + "#" + l.mail().shard())
                        .messageDeduplicationId(l.dedup()));
            }
        }

        String body(Letter l) {
            return Json.write(l.mail());
        }
    }

    static final class Poster implements io.carillon.delivery.Poster {
        final ApiGatewayManagementApiAsyncClient client;

        Poster(URI endpoint) {
            client = ApiGatewayManagementApiAsyncClient.builder()
                    .endpointOverride(endpoint)
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                    .httpClient(
                            AwsCrtAsyncHttpClient.builder().maxConcurrency(100).build())
                    .build();
        }

        public CompletionStage<Outcome> post(String connection, byte[] message) {
            return client.postToConnection(b -> b.connectionId(connection).data(SdkBytes.fromByteArrayUnsafe(message)))
                    .handle((r, e) -> e == null
                            ? Outcome.DELIVERED
                            : e.getCause() instanceof GoneException ? Outcome.GONE : Outcome.BACKED_UP);
        }

        public CompletionStage<Void> close(String connection) {
            return client.deleteConnection(b -> b.connectionId(connection)).handle((r, e) -> null);
        }
    }
}
