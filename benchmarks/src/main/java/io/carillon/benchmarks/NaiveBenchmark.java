package io.carillon.benchmarks;

import io.carillon.delivery.Subscriber;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/**
 * Compares the deliverer with what AWS's sample chat application does: read who is connected, then post to one after the
 * other. What reading costs is left out on both sides.
 */
final class NaiveBenchmark implements Benchmark {

    private static final double LEAST_RATIO = 10;

    /** About what a call from Lambda to API Gateway in the same Region takes. */
    private static final Duration ANSWER = Duration.ofMillis(10);

    @Override
    public String name() {
        return "naive";
    }

    @Override
    public String about() {
        return "one publication to all subscribers, posts answered after " + ANSWER.toMillis()
                + " ms: one post at a time against the deliverer";
    }

    @Override
    public void run(Effort effort, PrintWriter out) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(ANSWER);
                DelivererLoop deliverer = new DelivererLoop(server.endpoint(), effort.subscribers());
                ApiGatewayManagementApiClient client = ApiGatewayManagementApiClient.builder()
                        .region(Posting.REGION)
                        .credentialsProvider(Posting.CREDENTIALS)
                        .endpointOverride(server.endpoint())
                        .httpClientBuilder(AwsCrtHttpClient.builder())
                        .build()) {
            Audience audience = new Audience(effort.subscribers(), new Unused());
            List<Double> naive = new ArrayList<>();
            List<Double> ours = new ArrayList<>();
            deliverer.run(effort.round());
            for (int round = 0; round < Math.min(3, effort.rounds()); round++) {
                naive.add(millis(() -> postOneByOne(client, audience)));
                ours.add(millis(deliverer::deliverOnce));
            }
            double slow = Medians.of(naive, Double::doubleValue);
            double fast = Medians.of(ours, Double::doubleValue);
            Bar.print(out, "one post at a time, ms for " + effort.subscribers() + " subscribers", slow);
            Bar.print(out, "deliverer, ms for " + effort.subscribers() + " subscribers", fast);
            Bar.print(out, "times faster", slow / fast, LEAST_RATIO);
        }
    }

    private static void postOneByOne(ApiGatewayManagementApiClient client, Audience audience) {
        SdkBytes frame = SdkBytes.fromByteArrayUnsafe(audience.frame());
        for (Subscriber subscriber : audience.scan()) {
            client.postToConnection(
                    post -> post.connectionId(subscriber.connection()).data(frame));
        }
    }

    private static double millis(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e6;
    }
}
