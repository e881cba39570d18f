package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DatedServerTest {

    @Test
    void shouldDateAnswersByTheGatewaysClockThoughItJumps() throws Exception {
        // Given
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T08:05:09.999Z"));
        try (LocalGateway gateway = LocalGateway.bind(GatewaySettings.defaults(), now::get)) {
            gateway.serve(
                    WebSocketRoutes.of(FakeFunction.ok(), FakeFunction.ok(), FakeFunction.ok()),
                    FakeFunction.answering("{\"statusCode\":200,\"body\":\"done\"}"));

            // Then
            assertThat(date(gateway, "/api/info")).isEqualTo("Sun, 01 Nov 2026 08:05:09 GMT");
            now.updateAndGet(time -> time.plus(Duration.ofHours(3)));
            assertThat(date(gateway, "/api/info")).isEqualTo("Sun, 01 Nov 2026 11:05:09 GMT");
            assertThat(date(gateway, "/nowhere")).isEqualTo("Sun, 01 Nov 2026 11:05:09 GMT");
        }
    }

    private static String date(LocalGateway gateway, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding())
                    .headers()
                    .firstValue("Date")
                    .orElseThrow();
        }
    }
}
