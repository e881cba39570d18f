package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouteThrottleTest {

    private static final StageThrottle NOTHING = () -> false;

    private final LocalGateway gateway = LocalGateway.start(
            GatewaySettings.defaults(),
            WebSocketRoutes.of(FakeFunction.ok(), FakeFunction.ok(), FakeFunction.ok()),
            FakeFunction.answering("{\"statusCode\":200}"));

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void shouldLeaveOtherRoutesAloneWhenARouteHasTakenItsShare() throws Exception {
        // When
        gateway.policies().routeThrottles(Map.of("ANY /api/{method}", NOTHING));

        // Then
        assertThat(status("/api/publish")).isEqualTo(429);
        assertThat(status("/api")).isEqualTo(200);
    }

    @Test
    void shouldTakeNothingFromTheStageForARouteWithAThrottleOfItsOwn() throws Exception {
        // When
        gateway.policies().throttles(StageThrottle.open(), NOTHING);
        gateway.policies().routeThrottles(Map.of("ANY /api/{method}", StageThrottle.open()));

        // Then
        assertThat(status("/api/publish")).isEqualTo(200);
        assertThat(status("/api")).isEqualTo(429);
    }

    private int status(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.port() + path);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
