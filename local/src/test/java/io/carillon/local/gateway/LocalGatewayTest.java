package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class LocalGatewayTest {

    private static final WebSocketRoutes ECHO =
            WebSocketRoutes.of(FakeFunction.ok(), FakeFunction.echo(), FakeFunction.ok());

    @Test
    void shouldKnowItsPortBeforeItServesAndLetEarlyClientsWait() throws Exception {
        try (LocalGateway gateway = LocalGateway.bind(GatewaySettings.defaults())) {
            // Given
            assertThat(gateway.callbackEndpoint())
                    .isEqualTo(URI.create("http://127.0.0.1:" + gateway.port() + "/local"));
            try (RawClient early = RawClient.open(gateway)) {
                early.sendHandshake("/local");

                // When
                gateway.serve(ECHO, FakeFunction.ok());

                // Then
                assertThat(early.readHead().getFirst()).startsWith("HTTP/1.1 101");
            }
        }
    }

    @Test
    void shouldSayWhatToDoWhenThePortIsTaken() {
        try (LocalGateway gateway = LocalGateway.bind(GatewaySettings.defaults())) {
            assertThatThrownBy(
                            () -> LocalGateway.bind(GatewaySettings.defaults().withPort(gateway.port())))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void shouldServePagesAtAllOtherPathsOnVirtualThreads() throws Exception {
        // Given
        CompletableFuture<Boolean> virtual = new CompletableFuture<>();
        Handler pages = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                virtual.complete(Thread.currentThread().isVirtual());
                if (!request.getHttpURI().getPath().equals("/")) {
                    return false;
                }
                response.write(true, ByteBuffer.wrap("page".getBytes(StandardCharsets.UTF_8)), callback);
                return true;
            }
        };
        try (LocalGateway gateway = LocalGateway.bind(GatewaySettings.defaults())) {
            gateway.serve(ECHO, HttpRoutes.of(FakeFunction.ok()), pages);

            // Then
            assertThat(get(gateway, "/").body()).isEqualTo("page");
            assertThat(virtual.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(get(gateway, "/missing").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldCloseWithConnectionsOpenAndAFunctionRunning() throws Exception {
        // Given
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        FakeFunction disconnect = FakeFunction.ok();
        FakeFunction message = new FakeFunction("message", event -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return FakeFunction.OK;
        });
        LocalGateway gateway = LocalGateway.start(
                GatewaySettings.defaults(),
                WebSocketRoutes.of(FakeFunction.ok(), message, disconnect),
                FakeFunction.ok());
        TestClient client = TestClient.connect(gateway).send("{}");
        assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();

        // When
        gateway.close();

        // Then
        assertThat(client.closed().code()).isEqualTo(1006);
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(disconnect.waiting()).isZero();
        gateway.close();
    }

    @Test
    void shouldCarryHundredsOfConnectionsOnAFewThreads() throws Exception {
        // Given
        int count = 300;
        try (LocalGateway gateway = LocalGateway.start(GatewaySettings.defaults(), ECHO, FakeFunction.ok())) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                clients.add(TestClient.connect(gateway));
            }

            // When
            for (int i = 0; i < count; i++) {
                clients.get(i).send("message " + i);
            }

            // Then
            for (int i = 0; i < count; i++) {
                assertThat(clients.get(i).message()).isEqualTo("message " + i);
            }
            assertThat(gateway.connectionCount()).isEqualTo(count);
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("gateway")))
                    .hasSizeLessThan(40);
        }
    }

    private static HttpResponse<String> get(LocalGateway gateway, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
