package io.carillon.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.carillon.config.Config;
import io.carillon.config.ProxyConfig;
import io.carillon.proxy.BackendFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Against a server that speaks as much of Lambda's {@code Invoke} as an answer needs. */
class LambdaBackendsTest {

    private static final String ARN = "arn:aws:lambda:eu-central-1:123456789012:function:chat:live";

    private final AtomicReference<String> path = new AtomicReference<>("");
    private final AtomicReference<String> event = new AtomicReference<>("");
    private final AtomicReference<String> context = new AtomicReference<>("");
    private final AtomicReference<Optional<String>> error = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Integer> status = new AtomicReference<>(200);
    private final List<Region> regions = new ArrayList<>();
    private final LambdaBackends backends = new LambdaBackends(this::client);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            path.set(URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8));
            event.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            context.set(exchange.getRequestHeaders().getFirst("X-Amz-Client-Context"));
            error.get().ifPresent(kind -> exchange.getResponseHeaders().add("X-Amz-Function-Error", kind));
            byte[] answer = "{\"result\":{}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldInvokeTheFunctionInItsRegion() {
        // When
        String answer = backends.at(function()).ask("sub_refresh", "{\"user\":\"ä\"}", Map.of("x-secret", "s"));

        // Then
        assertThat(answer).isEqualTo("{\"result\":{}}");
        assertThat(path.get()).isEqualTo("/2015-03-31/functions/" + ARN + "/invocations");
        assertThat(event.get()).isEqualTo("{\"user\":\"ä\"}");
        assertThat(new String(Base64.getDecoder().decode(context.get()), StandardCharsets.UTF_8))
                .contains("\"proxy\":\"sub_refresh\"", "\"x-secret\":\"s\"")
                .startsWith("{\"custom\":{");
        assertThat(regions).containsExactly(Region.EU_CENTRAL_1);
    }

    @Test
    void shouldFailWhenTheFunctionThrows() {
        // Given
        error.set(Optional.of("Unhandled"));

        // Then
        assertThatThrownBy(() -> backends.at(function()).ask("connect", "{}", Map.of()))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("it failed");
    }

    @Test
    void shouldFailOnceWhenItIsThrottled() {
        // Given
        status.set(429);

        // Then
        assertThatThrownBy(() -> backends.at(function()).ask("connect", "{}", Map.of()))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("could not be invoked");
    }

    @Test
    void shouldNotBlameTheFunctionWhenAClientsHeadersAreTooLong() {
        assertThatThrownBy(() -> backends.at(function()).ask("connect", "{}", Map.of("a", "x".repeat(4000))))
                .isInstanceOfSatisfying(
                        BackendFailure.class,
                        failure -> assertThat(failure.status()).hasValue(431));
    }

    private LambdaClient client(Region region) {
        regions.add(region);
        return LambdaClient.builder()
                .region(region)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(AwsCrtHttpClient.create())
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static ProxyConfig function() {
        String json = """
                {"client":{"insecure":true,"proxy":{"connect":{"enabled":true,"endpoint":"%s","timeout":"20s"}}}}""".formatted(ARN);
        return Config.read(json).client().proxy().connect().proxy();
    }
}
