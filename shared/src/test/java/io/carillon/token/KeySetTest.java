package io.carillon.token;

import static io.carillon.token.Verifiers.member;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.carillon.config.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;

class KeySetTest {

    private final FakeClock clock = new FakeClock();
    private final FakeKeyServer server = new FakeKeyServer();
    private final TokenVerifier verifier =
            Verifiers.client(clock, server, "\"token\":{" + member("jwks_public_endpoint", FakeKeyServer.URL) + "}");

    @Test
    void shouldVerifyEveryKindOfKeyWhenTheSetHoldsIt() {
        // Given
        server.serve(
                TestKeys.jwk(TestKeys.RSA, "rsa"),
                TestKeys.jwk(TestKeys.P256, "p256"),
                TestKeys.jwk(TestKeys.P384, "p384"),
                TestKeys.jwk(TestKeys.P521, "p521"),
                TestKeys.jwk(TestKeys.ED25519, "ed"));

        // Then
        assertAccepted(token("RS256", TestKeys.RSA, "rsa"));
        assertAccepted(token("RS384", TestKeys.RSA, "rsa"));
        assertAccepted(token("RS512", TestKeys.RSA, "rsa"));
        assertAccepted(token("ES256", TestKeys.P256, "p256"));
        assertAccepted(token("ES384", TestKeys.P384, "p384"));
        assertAccepted(token("ES512", TestKeys.P521, "p521"));
        assertAccepted(token("EdDSA", TestKeys.ED25519, "ed"));
        assertThat(server.fetches()).isEqualTo(1);
    }

    @Test
    void shouldUseAKeyOnlyForWhatTheSetSaysItIsFor() {
        // Given
        PublicJsonWebKey forRs512 = TestKeys.jwk(TestKeys.RSA, "rs512");
        forRs512.setAlgorithm("RS512");
        PublicJsonWebKey forEncryption = TestKeys.jwk(TestKeys.OTHER_RSA, "enc");
        forEncryption.setUse("enc");
        PublicJsonWebKey forAnything = TestKeys.jwk(TestKeys.P256, "any");
        forAnything.setUse(null);
        server.serve(forRs512, forEncryption, forAnything);

        // Then
        assertAccepted(token("RS512", TestKeys.RSA, "rs512"));
        assertInvalid(token("RS256", TestKeys.RSA, "rs512"));
        assertInvalid(token("RS256", TestKeys.OTHER_RSA, "enc"));
        assertAccepted(token("ES256", TestKeys.P256, "any"));
    }

    @Test
    void shouldFetchAgainWhenATokenNamesAKeyThatWasRotatedIn() {
        // Given
        server.serve(TestKeys.jwk(TestKeys.RSA, "old"));
        assertAccepted(token("RS256", TestKeys.RSA, "old"));

        // When
        server.serve(TestKeys.jwk(TestKeys.OTHER_RSA, "new"));
        clock.advance(KeySet.BETWEEN_FETCHES);

        // Then
        assertAccepted(token("RS256", TestKeys.OTHER_RSA, "new"));
        assertInvalid(verifierToken("old"));
        assertThat(server.fetches()).isEqualTo(2);
    }

    @Test
    void shouldNotFloodTheServerWhenTokensNameMadeUpKeys() {
        // Given
        server.serve(TestKeys.jwk(TestKeys.RSA, "k1"));

        // When
        for (int i = 0; i < 1_000; i++) {
            verifier.connection(TestKeys.sign("RS256", TestKeys.OTHER_RSA.getPrivate(), "made-up", "{}"));
            clock.advance(Duration.ofMillis(20));
        }

        // Then: 20 seconds, so one fetch at once and one after ten seconds
        assertThat(server.fetches()).isEqualTo(2);
        assertAccepted(token("RS256", TestKeys.RSA, "k1"));
    }

    @Test
    void shouldAskToTryAgainWhenTheKeyIsUnknownAndTheSetMayNotBeFetchedYet() {
        // Given
        server.serve(TestKeys.jwk(TestKeys.RSA, "old"));
        assertAccepted(token("RS256", TestKeys.RSA, "old"));
        server.serve(TestKeys.jwk(TestKeys.OTHER_RSA, "new"));
        clock.advance(Duration.ofSeconds(1));

        // Then
        assertThat(verifier.connection(token("RS256", TestKeys.OTHER_RSA, "new")))
                .isInstanceOf(UnverifiableToken.class);
    }

    @Test
    void shouldAskToTryAgainWhenTheServerHasNeverAnswered() {
        // Given
        server.goDown();
        String token = token("RS256", TestKeys.RSA, "k1");

        // Then
        assertThat(verifier.connection(token)).isInstanceOf(UnverifiableToken.class);
        assertThat(verifier.subscription(token)).isInstanceOf(UnverifiableToken.class);
        assertThat(server.fetches()).isEqualTo(1);

        // When
        server.serve(TestKeys.jwk(TestKeys.RSA, "k1"));
        clock.advance(KeySet.BETWEEN_FETCHES);

        // Then
        assertAccepted(token);
    }

    @Test
    void shouldAskToTryAgainWhenTheServerAnswersWithSomethingElse() {
        for (String answer : new String[] {"<html>", "{}", "{\"keys\":1}", "{\"keys\":[1]}", "[]", ""}) {
            server.serve(answer);
            clock.advance(KeySet.BETWEEN_FETCHES);

            assertThat(verifier.connection(token("RS256", TestKeys.RSA, "k1"))).isInstanceOf(UnverifiableToken.class);
        }
    }

    @Test
    void shouldFetchAgainWhenTheKeysAreAnHourOld() {
        // Given
        server.serve(TestKeys.jwk(TestKeys.RSA, "k1"));
        assertAccepted(token("RS256", TestKeys.RSA, "k1"));

        // When: the key is withdrawn
        server.serve(TestKeys.jwk(TestKeys.OTHER_RSA, "k1"));
        clock.advance(KeySet.LIFETIME);

        // Then
        assertInvalid(verifierToken("k1"));
        assertThat(server.fetches()).isEqualTo(2);
    }

    @Test
    void shouldGoOnWithTheKeysForADayWhenTheServerIsDown() {
        // Given
        server.serve(TestKeys.jwk(TestKeys.RSA, "k1"));
        assertAccepted(token("RS256", TestKeys.RSA, "k1"));
        server.goDown();

        // When
        clock.advance(KeySet.LONGEST_LIFETIME.minusSeconds(1));

        // Then
        assertAccepted(token("RS256", TestKeys.RSA, "k1"));

        // When
        clock.advance(Duration.ofSeconds(1));

        // Then
        assertThat(verifier.connection(token("RS256", TestKeys.RSA, "k1"))).isInstanceOf(UnverifiableToken.class);
    }

    @Test
    void shouldFetchOverHttpWhenTheEndpointIsARealServer() throws IOException {
        // Given
        byte[] body = new JsonWebKeySet(TestKeys.jwk(TestKeys.P256, "k1"))
                .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
                .getBytes(StandardCharsets.UTF_8);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/jwks.json", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        try {
            String url = "http://localhost:" + http.getAddress().getPort() + "/jwks.json";
            Config config = Config.read("{\"client\":{\"token\":{" + member("jwks_public_endpoint", url) + "}}}");

            // Then
            assertThat(new TokenVerifier(config.client(), clock).connection(token("ES256", TestKeys.P256, "k1")))
                    .isInstanceOf(ConnectionClaims.class);
        } finally {
            http.stop(0);
        }
    }

    private static String verifierToken(String keyId) {
        return token("RS256", TestKeys.RSA, keyId);
    }

    private static String token(String algorithm, KeyPair pair, String keyId) {
        return TestKeys.sign(algorithm, pair.getPrivate(), keyId, "{\"sub\":\"a\",\"channel\":\"\"}");
    }

    private void assertAccepted(String token) {
        assertThat(verifier.connection(token)).isInstanceOf(ConnectionClaims.class);
    }

    private void assertInvalid(String token) {
        assertThat(verifier.connection(token)).isInstanceOf(InvalidToken.class);
    }
}
