package io.carillon.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.carillon.config.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.http.Get;
import org.jose4j.http.SimpleGet;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as an Amazon Cognito user pool makes them; a server on this machine stands in for its key set. */
class CognitoTest {

    private static final String POOL = "eu-west-1_AbCdEf123";
    private static final String ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/" + POOL;
    private static final String KEY_SET = "/" + POOL + "/.well-known/jwks.json";

    private final FakeClock clock = new FakeClock();
    private final List<String> fetched = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        byte[] keys = new JsonWebKeySet(TestKeys.jwk(TestKeys.RSA, "pool-key"))
                .toJson()
                .getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(KEY_SET, exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldAcceptAnAccessTokenOfThePoolWithOneSetting() {
        // When
        ConnectionToken token = verifier("").connection(access("app-1", "access", ISSUER));

        // Then
        assertThat(token).isInstanceOfSatisfying(ConnectionClaims.class, claims -> {
            assertThat(claims.user()).isEqualTo("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
            assertThat(claims.id()).isEqualTo("token-1");
        });
        assertThat(fetched).containsExactly(ISSUER + "/.well-known/jwks.json");
    }

    @Test
    void shouldAcceptAnIdTokenOfThePool() {
        assertThat(verifier("").connection(id("app-1"))).isInstanceOf(ConnectionClaims.class);
    }

    @Test
    void shouldAcceptOnlyTheAppClientThatTheAudienceNames() {
        TokenVerifier verifier = verifier(",\"audience\":\"app-1\"");

        assertThat(verifier.connection(access("app-1", "access", ISSUER))).isInstanceOf(ConnectionClaims.class);
        assertThat(verifier.connection(id("app-1"))).isInstanceOf(ConnectionClaims.class);
        assertThat(verifier.connection(access("app-2", "access", ISSUER))).isInstanceOf(InvalidToken.class);
        assertThat(verifier.connection(id("app-2"))).isInstanceOf(InvalidToken.class);
    }

    @Test
    void idTokenWithAClientIdShouldNotPassForAnAccessToken() {
        String mixed =
                sign("{\"sub\":\"a\",\"iss\":\"%s\",\"token_use\":\"id\",\"aud\":\"app-2\",\"client_id\":\"app-1\"}"
                        .formatted(ISSUER));

        assertThat(verifier(",\"audience\":\"app-1\"").connection(mixed)).isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh", "", "ACCESS"})
    void shouldRefuseATokenForAnotherUse(String use) {
        assertThat(verifier("").connection(access("app-1", use, ISSUER))).isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Another",
                "https://cognito-idp.us-east-1.amazonaws.com/eu-west-1_AbCdEf123",
                "https://evil.example/eu-west-1_AbCdEf123",
                ""
            })
    void shouldRefuseATokenOfAnotherPool(String issuer) {
        assertThat(verifier("").connection(access("app-1", "access", issuer))).isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1_AbCdEf123,https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123",
        "us-gov-west-1_a1,https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_a1",
        "cn-north-1_a1,https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_a1"
    })
    void shouldDeriveIssuerAndKeySetFromThePool(String pool, String issuer) {
        var token = Config.read("{\"client\":{\"token\":{\"cognito_user_pool_id\":\"" + pool + "\"}}}")
                .client()
                .token();

        assertThat(token.cognito().orElseThrow().issuer()).isEqualTo(issuer);
        assertThat(token.keySet()).contains(issuer + "/.well-known/jwks.json");
    }

    private TokenVerifier verifier(String more) {
        Config config = Config.read("{\"client\":{\"token\":{\"cognito_user_pool_id\":\"" + POOL + "\"" + more + "}}}");
        SimpleGet here = url -> {
            fetched.add(url);
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            return new Get().get(url.replace("https://cognito-idp.eu-west-1.amazonaws.com", address));
        };
        return new TokenVerifier(config.client(), clock, here);
    }

    private String access(String client, String use, String issuer) {
        return sign("""
                {"sub":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","iss":"%s","version":2,"client_id":"%s","token_use":"%s",
                 "scope":"openid","jti":"token-1","origin_jti":"o","username":"alice","cognito:groups":["staff"]}""".formatted(issuer, client, use));
    }

    private String id(String client) {
        return sign("""
                {"sub":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","iss":"%s","aud":"%s","token_use":"id",
                 "cognito:username":"alice","email":"alice@example.com","email_verified":true}""".formatted(ISSUER, client));
    }

    private static String sign(String claims) {
        return TestKeys.sign("RS256", TestKeys.RSA.getPrivate(), "pool-key", claims);
    }
}
