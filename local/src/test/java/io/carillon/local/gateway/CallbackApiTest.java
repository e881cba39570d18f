package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

class CallbackApiTest {

    private static SdkHttpClient http;

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
        gateway = LocalGateway.start(
                GatewaySettings.defaults(),
                WebSocketRoutes.of(FakeFunction.ok(), FakeFunction.ok(), disconnect),
                FakeFunction.ok());
        api = ApiGatewayManagementApiClient.builder()
                .endpointOverride(gateway.callbackEndpoint())
                .region(Region.US_EAST_1)
                .httpClient(http)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
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
        api.postToConnection(request -> request.connectionId(id).data(SdkBytes.fromUtf8String("{\"push\":\"ü\"}")));

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
}
