package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.carillon.config.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PublishersTest {

    private static final Config CONFIG =
            Config.read("{\"client\":{\"token\":{\"hmac_secret_key\":\"secret\"}},\"http_api\":{\"key\":\"key\"}}");
    private static final byte[] ACCEPTED =
            "{\"result\":{\"offset\":1,\"epoch\":\"e\"}}".getBytes(StandardCharsets.UTF_8);

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, ACCEPTED.length);
            exchange.getResponseBody().write(ACCEPTED);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.shutdownNow();
    }

    @Test
    @Timeout(300)
    void shouldEndWithTheRunWhenTheNextTurnLiesFarBehindIt() throws InterruptedException {
        // Given the second publisher's turn is an hour away
        Scenario scenario = Scenario.DEFAULT
                .with(Setting.PUBLICATIONS, 0)
                .with(Setting.SECONDS, 0.5)
                .with(Setting.RATE, 1 / 3600.0)
                .with(Setting.PUBLISHERS, 3);

        // When
        Publishers.Result result = publishers(scenario).publishAll();

        // Then
        assertThat(result.attempts()).hasSize(1);
    }

    @Test
    void shouldMakeEveryPublicationWhenNoTimeIsGiven() throws InterruptedException {
        // Given
        Scenario scenario = Scenario.DEFAULT
                .with(Setting.PUBLICATIONS, 7)
                .with(Setting.RATE, 50)
                .with(Setting.PUBLISHERS, 3);

        // When
        Publishers.Result result = publishers(scenario).publishAll();

        // Then
        assertThat(result.attempts()).hasSize(7);
    }

    private Publishers publishers(Scenario scenario) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        ServerApi api = new ServerApi(http, Target.at(address, CONFIG, "key"), System::nanoTime);
        return new Publishers(scenario, "run", api, share -> {}, 0, new Tally(), System::nanoTime);
    }
}
