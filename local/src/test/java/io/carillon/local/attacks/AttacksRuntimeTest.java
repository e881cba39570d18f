package io.carillon.local.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.events.RawJson;
import io.carillon.local.LocalRuntime;
import io.carillon.local.Probes;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.calls.CallFilter;
import io.carillon.local.gateway.Cors;
import io.carillon.local.gateway.GatewaySettings;
import io.carillon.token.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Attacks from outside, on sockets and over HTTP, on everything at once as it runs on a laptop. */
class AttacksRuntimeTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> CALLS = new CopyOnWriteArrayList<>();
    private static final TokenIssuer TOKENS = new TokenIssuer("secret", InstantSource.system());
    private static LocalRuntime runtime;

    @BeforeAll
    static void start() {
        Config config = Config.read("""
                {"client":{"token":{"hmac_secret_key":"secret"},"allowed_origins":["https://app.example"]},
                 "http_api":{"key":"key"}}""");
        CallFilter recorder = (request, next) -> {
            CALLS.add(request.getClass().getSimpleName());
            return next.make(request);
        };
        runtime = LocalRuntime.start(RuntimeSettings.of(config)
                .withGateway(GatewaySettings.defaults().withCors(Cors.of(List.of("https://app.example"))))
                .withProbes(new Probes(recorder, CallFilter.none(), UnaryOperator.identity(), List.of())));
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    @Test
    void crossSiteWebSocketHijackingShouldFailInTheHandshake() {
        assertThat(Attacker.handshake(runtime.port(), "https://evil.example")).isEqualTo(403);
        assertThat(Attacker.handshake(runtime.port(), "null")).isEqualTo(403);
        assertThat(Attacker.handshake(runtime.port(), "https://app.example")).isEqualTo(101);
    }

    @Test
    void foreignPageShouldNotGetThroughThePreflightOfTheServerApi() throws Exception {
        assertThat(preflight("https://evil.example").headers().firstValue("access-control-allow-origin"))
                .isEmpty();
        assertThat(preflight("https://app.example").headers().firstValue("access-control-allow-origin"))
                .contains("https://app.example");
    }

    @Test
    void algNoneShouldEndTheConnection() {
        try (Attacker attacker = Attacker.open(runtime.port())) {
            attacker.connect("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.").awaitLine("\"code\":3500");

            assertThat(attacker.closed()).isEqualTo(1000);
        }
    }

    @Test
    void oversizedTokenShouldEndTheConnectionLikeAnyOtherForgery() {
        try (Attacker attacker = Attacker.open(runtime.port())) {
            attacker.connect("x".repeat(100 * 1024)).awaitLine("\"code\":3500");

            assertThat(attacker.closed()).isEqualTo(1000);
        }
    }

    @Test
    void blockedUserShouldLoseItsConnectionsAndGetNoNewOne() throws Exception {
        String token = TOKENS.connection("mallory").sign();
        try (Attacker mallory = Attacker.open(runtime.port());
                Attacker again = Attacker.open(runtime.port())) {
            // Given
            mallory.connect(token).awaitLine("\"client\":");

            // When
            assertThat(api("block_user", "{\"user\":\"mallory\"}")).isEqualTo("{\"result\":{}}");

            // Then
            mallory.awaitLine("\"code\":3503");
            assertThat(mallory.closed()).isEqualTo(1000);
            again.connect(token).awaitLine("\"code\":3507");
        }
    }

    @Test
    void stolenTokenShouldBeWorthlessOnceRevoked() throws Exception {
        String token = TOKENS.connection("alice")
                .claim("jti", RawJson.of("\"stolen\""))
                .sign();
        try (Attacker thief = Attacker.open(runtime.port());
                Attacker again = Attacker.open(runtime.port())) {
            // Given
            thief.connect(token).awaitLine("\"client\":");

            // When
            assertThat(api("revoke_token", "{\"uid\":\"stolen\"}")).isEqualTo("{\"result\":{}}");

            // Then
            thief.awaitLine("\"code\":3500");
            again.connect(token).awaitLine("\"code\":3500");
        }
    }

    @Test
    void revocationsShouldCostAConnectCommandNoCallOfItsOwn() {
        try (Attacker client = Attacker.open(runtime.port())) {
            // Given: the socket is open, and its row written
            CALLS.clear();

            // When
            client.connect(TOKENS.connection("bob")
                            .claim("jti", RawJson.of("\"t1\""))
                            .sign())
                    .awaitLine("\"client\":");

            // Then: one read and one write, as many as without revocations
            assertThat(CALLS).containsExactly("BatchGetItemRequest", "PutItemRequest");
        }
    }

    private static HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api("publish"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-api-key")
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static String api(String method, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api(method))
                .header("X-API-Key", "key")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    private static URI api(String method) {
        return URI.create("http://127.0.0.1:" + runtime.port() + "/api/" + method);
    }
}
