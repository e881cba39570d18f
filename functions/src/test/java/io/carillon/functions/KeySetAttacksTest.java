package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.carillon.testing.Say;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on a deployment whose keys are in a JSON Web Key Set, which a server of this test serves. */
class KeySetAttacksTest {

    private static final String CLAIMS = "{\"sub\":\"admin\"}";
    private static final String INVALID = Say.disconnect(3500, "invalid token");
    private static final String ISSUERS = "/jwks.json";
    private static final String ATTACKERS = "/evil.json";

    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String address;
    private Victim victim;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(ISSUERS, Forge.keySet(Forge.ISSUER, "k1"));
        serve(ATTACKERS, Forge.keySet(Forge.ATTACKER, "k1"));
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        victim = Victim.with("\"token\":{\"jwks_public_endpoint\":\"" + address + ISSUERS + "\"}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void genuineTokenShouldConnectSoThatTheAttacksBelowFailForTheirOwnReason() {
        assertThat(victim.connect(Forge.rs256("{\"alg\":\"RS256\",\"kid\":\"k1\"}", CLAIMS, Forge.ISSUER)))
                .singleElement()
                .asString()
                .contains("\"client\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u"})
    void keySetThatTheTokenPointsToShouldNotBeFetched(String header) {
        // Given
        String pointing = "{\"alg\":\"RS256\",\"kid\":\"k1\",\"%s\":\"%s\"}".formatted(header, address + ATTACKERS);

        // When
        List<String> answer = victim.connect(Forge.rs256(pointing, CLAIMS, Forge.ATTACKER));

        // Then
        assertThat(answer).containsExactly(INVALID);
        assertThat(fetched).containsExactly(ISSUERS);
    }

    @Test
    void keyThatTheTokenBringsAlongShouldNotBeUsed() {
        String key = Forge.keySet(Forge.ATTACKER, "k1")
                .replaceFirst("^\\{\"keys\":\\[", "")
                .replaceFirst("]}$", "");

        assertThat(victim.connect(
                        Forge.rs256("{\"alg\":\"RS256\",\"kid\":\"k1\",\"jwk\":" + key + "}", CLAIMS, Forge.ATTACKER)))
                .containsExactly(INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../dev/null",
                "/proc/self/environ",
                "k1' OR '1'='1",
                "k1\\u0000",
                "K1",
                "k1 ",
                "http://127.0.0.1/evil.json",
                "${jndi:ldap://127.0.0.1/a}"
            })
    void keyIdThatIsAPathOrAQueryShouldNameNoKey(String keyId) {
        // When: an HMAC of the empty file, and a signature of the attacker's
        String header = "{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}";
        List<String> answer = victim.connect(Forge.rs256(header, CLAIMS, Forge.ATTACKER));
        List<String> hmac =
                victim.connect(Forge.hs256("{\"alg\":\"HS256\",\"kid\":\"" + keyId + "\"}", CLAIMS, new byte[] {0}));

        // Then: not even the second token has the keys fetched again
        assertThat(answer).containsExactly(INVALID);
        assertThat(hmac).noneMatch(line -> line.contains("\"client\":"));
        assertThat(fetched).containsExactly(ISSUERS);
    }

    @Test
    void madeUpKeyIdsShouldNotFloodTheKeySetsServer() {
        for (int i = 0; i < 50; i++) {
            String header = "{\"alg\":\"RS256\",\"kid\":\"made-up-%d\"}".formatted(i);
            assertThat(victim.connect(Forge.rs256(header, CLAIMS, Forge.ATTACKER)))
                    .noneMatch(line -> line.contains("\"client\":"));
        }

        assertThat(fetched).containsExactly(ISSUERS);
    }

    @Test
    void keyConfusionWithTheSetsPublicKeyShouldBeRefused() {
        String header = "{\"alg\":\"HS256\",\"kid\":\"k1\"}";

        assertThat(victim.connect(
                        Forge.hs256(header, CLAIMS, Forge.ISSUER.getPublic().getEncoded())))
                .containsExactly(INVALID);
    }

    @Test
    void tokenWithoutKeyIdShouldNotChooseItsKey() {
        assertThat(victim.connect(Forge.rs256("{\"alg\":\"RS256\"}", CLAIMS, Forge.ISSUER)))
                .containsExactly(INVALID);
    }

    private void serve(String path, String keys) {
        server.createContext(path, exchange -> {
            fetched.add(path);
            byte[] body = Forge.bytes(keys);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
