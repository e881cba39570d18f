package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.apigateway.ApiGatewayPoster;
import io.carillon.apigateway.PosterSettings;
import io.carillon.aws.AwsClients;
import io.carillon.aws.AwsSettings;
import io.carillon.config.Config;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.delivery.Quota;
import io.carillon.dynamodb.DynamoDbQuota;
import io.carillon.dynamodb.TableNames;
import io.carillon.dynamodb.Tables;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.aws.LocalAws;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** More to post than the account may, by several who do not know of each other. */
class PostQuotaTest {

    private static final int QUOTA = 400;

    /** One refusal in so many posts is no storm; a machine that stops for a while posts late what it may, in a bunch. */
    private static final int FEW = 4;

    /** The account's throttle, and how often it said no. */
    private static final class Throttle implements CallbackGate {

        private final CallbackGate account = CallbackGate.rate(QUOTA, QUOTA / 2);
        private final AtomicInteger refused = new AtomicInteger();

        @Override
        public Verdict judge(String method, String connectionId) {
            Verdict verdict = account.judge(method, connectionId);
            if (verdict == Verdict.LIMIT_EXCEEDED) {
                refused.incrementAndGet();
            }
            return verdict;
        }
    }

    private final Throttle throttle = new Throttle();

    @Test
    void shouldDeliverEverythingWithHardlyARefusalWhenDeliverersAskForThreeTimesTheQuota() throws Exception {
        // Given
        int deliverers = 6;
        int posts = QUOTA / 2;
        AwsSettings settings = AwsSettings.in(Region.US_EAST_1)
                .at(
                        URI.create("http://127.0.0.1:1"),
                        URI.create("http://127.0.0.1:1"),
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
        try (LocalAws aws = LocalAws.inMemory();
                LocalGateway gateway = LocalGateway.start(
                        GatewaySettings.defaults(),
                        WebSocketRoutes.of(FakeFunction.ok(), FakeFunction.ok(), FakeFunction.ok()),
                        FakeFunction.ok());
                AwsClients clients = new AwsClients(settings);
                ApiGatewayManagementApiAsyncClient api = clients.callback(gateway.callbackEndpoint());
                TestClient client = TestClient.connect(gateway)) {
            gateway.policies().callbacks(throttle);
            Await.until("one connection", () -> gateway.connectionCount() == 1);
            String id = gateway.connectionIds().iterator().next();
            Tables.create(aws.dynamoDb(), TableNames.withPrefix("quota-"));
            // The database's first call takes longer than a deliverer waits for a lease.
            quota(aws.dynamoDb()).lease(1);

            // When
            List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < deliverers; i++) {
                ApiGatewayPoster poster = poster(api, aws.dynamoDb());
                IntStream.range(0, posts)
                        .mapToObj(n -> poster.post(id, "{}".getBytes(StandardCharsets.UTF_8)))
                        .map(CompletionStage::toCompletableFuture)
                        .forEach(outcomes::add);
            }

            // Then
            assertThat(outcomes)
                    .hasSize(3 * QUOTA)
                    .allSatisfy(outcome ->
                            assertThat(outcome.get(60, TimeUnit.SECONDS)).isEqualTo(Outcome.DELIVERED));
            Await.until("all messages", () -> client.waiting() == outcomes.size());
            assertThat(throttle.refused).hasValueLessThan(outcomes.size() / FEW);
        }
    }

    private static ApiGatewayPoster poster(ApiGatewayManagementApiAsyncClient api, DynamoDbClient dynamoDb) {
        return new ApiGatewayPoster(api, PosterSettings.ofQuota(QUOTA), quota(dynamoDb));
    }

    private static Quota quota(DynamoDbClient dynamoDb) {
        return new DynamoDbQuota(dynamoDb, TableNames.withPrefix("quota-"), QUOTA, InstantSource.system());
    }

    @Test
    void shouldReachEverySubscriberWhenTheChannelsOfARuntimeAskForMoreThanItsQuota() throws Exception {
        // Given
        int channels = 4;
        int publications = 12;
        Config config = Config.read("""
                {"client": {"allow_anonymous_connect_without_token": true},
                 "http_api": {"key": "key"},
                 "carillon": {"post_quota": %d},
                 "channel": {"namespaces": [{"name": "busy", "history_size": 100, "history_ttl": "60s",
                   "allow_subscribe_for_client": true, "allow_subscribe_for_anonymous": true}]}}""".formatted(QUOTA));
        try (LocalRuntime runtime = LocalRuntime.start(RuntimeSettings.of(config))) {
            List<TestClient> clients = subscribed(runtime, 100, channels);
            runtime.gateway().policies().callbacks(throttle);

            // When
            for (int i = 0; i < channels * publications; i++) {
                publish(runtime, "busy:" + i % channels);
            }

            // Then
            for (TestClient client : clients) {
                assertThat(publications(client, publications)).isEqualTo(publications);
                client.close();
            }
            assertThat(throttle.refused).hasValueLessThan(clients.size() * publications / FEW);
        }
    }

    private static List<TestClient> subscribed(LocalRuntime runtime, int number, int channels) throws Exception {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            TestClient client = TestClient.connect(runtime.gateway());
            client.send(
                    "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"busy:" + i % channels + "\"}}");
            clients.add(client);
        }
        for (TestClient client : clients) {
            String said = client.message();
            while (!said.contains("\"id\":2")) {
                said = client.message();
            }
            assertThat(said).contains("\"subscribe\"");
        }
        return clients;
    }

    private static int publications(TestClient client, int expected) throws InterruptedException {
        int publications = 0;
        while (publications < expected) {
            publications += client.message().split("\"pub\"", -1).length - 1;
        }
        return publications;
    }

    private static void publish(LocalRuntime runtime, String channel) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + runtime.port() + "/api/publish"))
                                .header("X-API-Key", "key")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"channel\":\"" + channel + "\",\"data\":{}}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"offset\"");
    }
}
