package io.carillon.benchmarks;

import io.carillon.apigateway.ApiGatewayPoster;
import io.carillon.apigateway.PosterSettings;
import io.carillon.aws.AwsClients;
import io.carillon.delivery.Poster.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;

/** Calls the poster in a loop that never runs dry, which tells its own cost from that of ending each delivery. */
final class PosterLoop implements PostLoop {

    private static final int NO_QUOTA = 100_000_000;
    private static final int AHEAD = 5 * IN_FLIGHT;

    private final AwsClients clients;
    private final ApiGatewayManagementApiAsyncClient client;
    private final ApiGatewayPoster poster;
    private final List<String> connections;
    private final byte[] frame;
    private int next;

    PosterLoop(URI endpoint, List<String> connections, byte[] frame) {
        this.connections = connections;
        this.frame = frame;
        clients = new AwsClients(Posting.settings());
        client = clients.callback(endpoint);
        poster = new ApiGatewayPoster(client, PosterSettings.DEFAULT.withQuota(NO_QUOTA, NO_QUOTA));
    }

    @Override
    public String name() {
        return "poster alone";
    }

    @Override
    public long run(Duration time) throws InterruptedException {
        return Pipeline.run(
                time,
                AHEAD,
                () -> poster.post(connections.get(next++ % connections.size()), frame)
                        .thenApply(Outcome.DELIVERED::equals));
    }

    @Override
    public void close() {
        client.close();
        clients.close();
    }
}
