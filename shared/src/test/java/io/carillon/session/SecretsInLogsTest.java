package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.carillon.testing.Logged;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever goes wrong with tokens and keys, the log shows none: neither in its messages nor in its exceptions. */
class SecretsInLogsTest {

    private static final String KEY = TestCarillon.KEY;

    @RegisterExtension
    private final Logged log = new Logged(Level.TRACE);

    private final TestCarillon carillon =
            TestCarillon.with("", "\"without_namespace\":{\"allow_subscribe_for_client\":true}");

    @Test
    void shouldShowNoTokenWhenTokensAreRefusedFramesMalformedOrTheStoreFails() {
        // Given
        String genuine = carillon.tokens().connection("alice").sign();
        String forged = genuine.substring(0, genuine.length() - 8) + "AAAAAAAA";
        String subscription = carillon.tokens().subscription("bob", "news").sign();

        // When
        carillon.open().sends(Say.connect(forged));
        carillon.open().sends("{\"id\":1,\"connect\":{\"token\":" + genuine + "}}");
        carillon.open().sends("{\"id\":1,\"connect\":{\"token\":\"" + genuine);
        carillon.open().sends("{\"id\":1,\"connect\":{\"token\":[\"" + genuine + "\"]}}");
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "$a", "\"token\":\"" + forged + "\""));
        carillon.mailboxes().fail(true);
        alice.sends(Say.subscribe(3, "news"));
        alice.sends(Say.subscribe(4, "news", "\"token\":\"" + subscription + "\""));
        carillon.mailboxes().fail(false);
        carillon.connect("alice").sends("{\"id\":2,\"refresh\":{\"token\":\"" + forged + "\"}}");

        // Then: every token has a part of its own after the header, which all share
        assertThat(lines()).anyMatch(line -> line.contains("token refused"));
        for (String token : List.of(genuine, forged, subscription)) {
            String claims = token.split("\\.")[1];
            assertThat(lines()).noneMatch(line -> line.contains(claims));
        }
    }

    @Test
    void shouldShowNoKeyWhenTheServerApiIsCalled() {
        // When
        carillon.http("/api/info", Map.of("x-api-key", KEY + "-wrong"), Map.of(), "");
        carillon.http("/api/publish", Map.of("x-api-key", KEY), Map.of("api_key", KEY), "{");
        carillon.mailboxes().fail(true);
        carillon.api("subscribe", "{\"user\":\"alice\",\"channel\":\"news\"}");

        // Then
        assertThat(lines()).noneMatch(line -> line.contains(KEY));
    }

    @Test
    void shouldShowNoStaticHeaderWhenABackendFailsOrAnswersNonsense() {
        // Given
        String backend = "https://backend.example/connect";
        TestCarillon proxied = TestCarillon.with("""
                "proxy":{"connect":{"enabled":true,"endpoint":"%s","emulated_headers":["authorization"],
                  "http":{"static_headers":{"X-Api-Key":"%s"}}}}""".formatted(backend, KEY), "");
        String connect = "{\"id\":1,\"connect\":{\"headers\":{\"authorization\":\"Bearer " + KEY + "\"}}}";

        // When
        proxied.backends().fail(backend, 500);
        proxied.open().sends(connect);
        proxied.backends().answer(backend, "{\"result\":[\"" + KEY + "\"]}");
        proxied.open().sends(connect);
        proxied.backends().answer(backend, "nonsense about " + KEY);
        proxied.open().sends(connect);

        // Then
        assertThat(proxied.backends().asked())
                .hasSize(3)
                .allSatisfy(asked -> assertThat(asked.headers()).containsEntry("x-api-key", KEY));
        assertThat(lines()).isNotEmpty().noneMatch(line -> line.contains(KEY));
    }

    private List<String> lines() {
        return log.events().stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .toList();
    }
}
