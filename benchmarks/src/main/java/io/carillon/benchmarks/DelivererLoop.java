package io.carillon.benchmarks;

import io.carillon.apigateway.ApiGatewayPoster;
import io.carillon.apigateway.PosterSettings;
import io.carillon.aws.AwsClients;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;

/** Delivers batch after batch, through the deliverer and its poster as they run in Lambda. */
final class DelivererLoop implements PostLoop {

    /** More than any machine manages: the quota is not what is measured. */
    private static final int NO_QUOTA = 100_000_000;

    private final AwsClients clients;
    private final ApiGatewayManagementApiAsyncClient client;
    private final Audience audience;

    DelivererLoop(URI endpoint, int subscribers) {
        clients = new AwsClients(Posting.settings());
        client = clients.callback(endpoint);
        audience = new Audience(
                subscribers, new ApiGatewayPoster(client, PosterSettings.DEFAULT.withQuota(NO_QUOTA, NO_QUOTA)));
    }

    @Override
    public String name() {
        return "deliverer";
    }

    /** Delivers one batch to all subscribers. */
    void deliverOnce() {
        audience.deliver();
    }

    @Override
    public long run(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        long posts = 0;
        do {
            deliverOnce();
            posts += audience.connections().size();
        } while (System.nanoTime() - deadline < 0);
        return posts;
    }

    @Override
    public void close() {
        client.close();
        clients.close();
    }
}
