package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.local.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ForbiddenException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;

class CallbackApiTest {

    private static SdkHttpClient http;

    private FakeFunction connect = FakeFunction.ok();
    private final FakeFunction disconnect = FakeFunction.ok();
    private LocalGateway gateway;
    private ApiGatewayManagementApiClient api;

    @BeforeAll
    static void openHttp() {
        http = AwsCrtHttpClient.create();
    }

    @AfterAll
    static void closeHttp() {
        http.close();
    }

    @BeforeEach
    void start() {
        start(GatewaySettings.defaults());
    }

    private void start(GatewaySettings settings) {
        gateway = LocalGateway.start(
                settings, WebSocketRoutes.of(connect, FakeFunction.ok(), disconnect), FakeFunction.ok());
        api = ApiGatewayManagementApiClient.builder()
                .endpointOverride(gateway.callbackEndpoint())
                .region(Region.US_EAST_1)
                .httpClient(http)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                // A retry would hide the answer that a test asks for.
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private void restart(GatewaySettings settings) {
        stop();
        start(settings);
    }

    private void post(String id, String message) {
        api.postToConnection(request -> request.connectionId(id).data(SdkBytes.fromUtf8String(message)));
    }

    @AfterEach
    void stop() {
        api.close();
        gateway.close();
    }

    private String onlyId() {
        Await.until("one connection", () -> gateway.connectionCount() == 1);
        return gateway.connectionIds().iterator().next();
    }

    @Test
    void shouldDeliverAPost() throws Exception {
        // Given
        TestClient client = TestClient.connect(gateway);
        String id = onlyId();

        // When
        post(id, "{\"push\":\"ü\"}");

        // Then
        assertThat(client.message()).isEqualTo("{\"push\":\"ü\"}");
    }

    @Test
    void shouldDescribeAConnection() {
        // Given
        TestClient.connect(gateway);
        String id = onlyId();

        // When
        GetConnectionResponse connection = api.getConnection(request -> request.connectionId(id));

        // Then
        assertThat(connection.identity().sourceIp()).isEqualTo("127.0.0.1");
        assertThat(connection.identity().userAgent()).startsWith("Java-http-client");
        assertThat(connection.lastActiveAt()).isAfterOrEqualTo(connection.connectedAt());
    }

    @Test
    void shouldCloseOnDeleteAndAnswer410FromThenOn() throws Exception {
        // Given
        TestClient client = TestClient.connect(gateway);
        String id = onlyId();

        // When
        api.deleteConnection(request -> request.connectionId(id));

        // Then
        assertThat(client.closed()).isEqualTo(new TestClient.Close(1000, "Connection Closed Normally"));
        assertThat(disconnect
                        .event()
                        .get("requestContext")
                        .get("disconnectStatusCode")
                        .asInt())
                .isEqualTo(1000);
        assertThatThrownBy(() -> api.getConnection(request -> request.connectionId(id)))
                .isInstanceOf(GoneException.class);
    }

    @Test
    void shouldDropTheSocketOfAClientThatDoesNotAnswerTheCloseFrame() throws Exception {
        // Given
        try (RawClient client = RawClient.connect(gateway)) {
            String id = onlyId();

            // When
            api.deleteConnection(request -> request.connectionId(id));

            // Then
            assertThat(client.read().closeCode()).isEqualTo(1000);
            Await.until("the socket's end", () -> !client.writable());
        }
    }

    @Test
    void shouldAnswer410WhileConnectIsRunning() throws Exception {
        // Given
        CountDownLatch posted = new CountDownLatch(1);
        connect = new FakeFunction("connect", event -> {
            awaitQuietly(posted);
            return FakeFunction.OK;
        });
        restart(GatewaySettings.defaults());
        try (RawClient client = RawClient.open(gateway)) {
            client.sendHandshake("/local");
            String id =
                    connect.event().get("requestContext").get("connectionId").asText();

            // Then
            assertThatThrownBy(() -> post(id, "early")).isInstanceOf(GoneException.class);

            // When
            posted.countDown();
            client.readHead();
            onlyId();
            post(id, "in time");

            // Then
            assertThat(client.read().text()).isEqualTo("in time");
        }
    }

    @Test
    void shouldAnswer410ForAnIdThatNeverWas() {
        assertThatThrownBy(() -> post("L0SM9cOFvHcCIhw=", "x")).isInstanceOf(GoneException.class);
    }

    @Test
    void shouldAnswer400ForAnIdOfTheWrongForm() {
        assertThatThrownBy(() -> post("not/an/id", "x"))
                .isInstanceOfSatisfying(ApiGatewayManagementApiException.class, refusal -> {
                    assertThat(refusal.statusCode()).isEqualTo(400);
                    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("BadRequestException");
                    assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo("Invalid connectionId: not/an/id");
                });
    }

    @Test
    void shouldAnswer403WithoutAnAuthorizationHeader() throws Exception {
        // Given
        TestClient.connect(gateway);

        // When
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.callbackEndpoint() + "/@connections/" + onlyId()))
                                .POST(HttpRequest.BodyPublishers.ofString("x"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("MissingAuthenticationTokenException");
    }

    @Test
    void shouldDeliverAMessageOf128KiBAndAnswer413ForOneByteMore() throws Exception {
        // Given
        TestClient client = TestClient.connect(gateway);
        String largest = "x".repeat(128 * 1024);

        // When
        post(onlyId(), largest);

        // Then
        assertThat(client.message()).isEqualTo(largest);
        assertThatThrownBy(() -> post(onlyId(), largest + "x")).isInstanceOf(PayloadTooLargeException.class);
        assertThatThrownBy(() -> post(onlyId(), "x".repeat(3 << 20))).isInstanceOf(PayloadTooLargeException.class);
    }

    @Test
    void shouldAnswer429WhenTheClientsBufferIsFullAndHurtNoOtherClient() throws Exception {
        // Given
        restart(GatewaySettings.defaults().withClientBuffer(64 * 1024));
        try (RawClient slow = RawClient.connect(gateway)) {
            String slowId = onlyId();
            String message = "x".repeat(30 * 1024);

            // When
            int taken = postUntilFull(slowId, message);

            // Then
            TestClient healthy = TestClient.connect(gateway);
            Await.until("two connections", () -> gateway.connectionCount() == 2);
            String healthyId = gateway.connectionIds().stream()
                    .filter(id -> !id.equals(slowId))
                    .findFirst()
                    .orElseThrow();
            post(healthyId, message);
            assertThat(healthy.message()).isEqualTo(message);

            // When the slow client reads again
            for (int frame = 0; frame < taken; frame++) {
                assertThat(slow.read().payload()).hasSize(message.length());
            }
            Await.until("room in the buffer", () -> tryPost(slowId, "again"));

            // Then
            assertThat(slow.read().text()).isEqualTo("again");
        }
    }

    @Test
    void shouldAnswer429WhenTheRateIsExceeded() throws Exception {
        // Given
        TestClient client = TestClient.connect(gateway);
        String id = onlyId();
        gateway.policies().callbacks(CallbackGate.rate(0.001, 2));

        // When
        post(id, "one");
        post(id, "two");

        // Then
        assertThatThrownBy(() -> post(id, "three")).isInstanceOf(LimitExceededException.class);
        assertThat(client.message()).isEqualTo("one");
        assertThat(client.message()).isEqualTo("two");
    }

    @Test
    void shouldAnswerWhatTheGateSays() throws Exception {
        // Given
        TestClient client = TestClient.connect(gateway);
        String id = onlyId();

        // Then
        gateway.policies().callbacks((method, connectionId) -> CallbackGate.Verdict.GONE);
        assertThatThrownBy(() -> post(id, "x")).isInstanceOf(GoneException.class);
        gateway.policies().callbacks((method, connectionId) -> CallbackGate.Verdict.FORBIDDEN);
        assertThatThrownBy(() -> post(id, "x")).isInstanceOf(ForbiddenException.class);
        gateway.policies().callbacks((method, connectionId) -> CallbackGate.Verdict.INTERNAL_ERROR);
        assertThatThrownBy(() -> post(id, "x"))
                .isInstanceOfSatisfying(
                        ApiGatewayManagementApiException.class,
                        refusal -> assertThat(refusal.statusCode()).isEqualTo(500));
        gateway.policies().callbacks(CallbackGate.open());
        post(id, "the only one");
        assertThat(client.message()).isEqualTo("the only one");
    }

    @Test
    void shouldKeepTheOrderOfPostsThatWereMadeOneAfterTheOther() throws Exception {
        // Given
        TestClient client = TestClient.connect(gateway);
        String id = onlyId();

        // When
        for (int i = 0; i < 200; i++) {
            post(id, "message " + i);
        }

        // Then
        for (int i = 0; i < 200; i++) {
            assertThat(client.message()).isEqualTo("message " + i);
        }
    }

    private int postUntilFull(String id, String message) {
        for (int taken = 0; taken < 1_000; taken++) {
            if (!tryPost(id, message)) {
                return taken;
            }
        }
        throw new AssertionError("The buffer took 1,000 messages");
    }

    private boolean tryPost(String id, String message) {
        try {
            post(id, message);
            return true;
        } catch (LimitExceededException e) {
            return false;
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
