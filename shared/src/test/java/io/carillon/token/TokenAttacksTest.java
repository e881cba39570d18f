package io.carillon.token;

import static io.carillon.token.TestKeys.base64Url;
import static io.carillon.token.Verifiers.HMAC;
import static io.carillon.token.Verifiers.hmac;
import static io.carillon.token.Verifiers.member;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test is named for an attack on JSON Web Tokens (RFC 8725) and shows that it fails. */
class TokenAttacksTest {

    private static final String ADMIN = "{\"sub\":\"admin\"}";
    private static final String RSA_PEM = TestKeys.pem(TestKeys.RSA.getPublic());

    private final FakeClock clock = new FakeClock();
    private final FakeKeyServer server = new FakeKeyServer();
    private final TokenVerifier hmacVerifier = Verifiers.token(clock, hmac());
    private final TokenVerifier rsaVerifier = Verifiers.token(clock, member("rsa_public_key", RSA_PEM));
    private final TokenVerifier keySetVerifier =
            Verifiers.client(clock, server, "\"token\":{" + member("jwks_public_endpoint", FakeKeyServer.URL) + "}");

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
    void algNoneShouldFailWhateverItsSpelling(String algorithm) {
        // Given
        String unsigned = base64Url("{\"alg\":\"" + algorithm + "\"}") + "." + base64Url(ADMIN) + ".";

        // Then
        assertRefused(hmacVerifier, unsigned);
        assertRefused(hmacVerifier, unsigned + "AAAA");
        assertRefused(rsaVerifier, unsigned);
        assertRefused(keySetVerifier, unsigned);
    }

    @Test
    void algMissingShouldFail() {
        assertRefused(hmacVerifier, base64Url("{}") + "." + base64Url(ADMIN) + ".AAAA");
    }

    static Stream<Key> publicKeyAsSecret() {
        return Stream.of(
                new HmacKey(RSA_PEM.getBytes(StandardCharsets.UTF_8)),
                new HmacKey(RSA_PEM.strip().getBytes(StandardCharsets.UTF_8)),
                new HmacKey(TestKeys.RSA.getPublic().getEncoded()));
    }

    @ParameterizedTest
    @MethodSource("publicKeyAsSecret")
    void hmacWithTheRsaPublicKeyAsSecretShouldFail(Key publicKey) {
        // Given
        TokenVerifier both = Verifiers.token(clock, hmac() + "," + member("rsa_public_key", RSA_PEM));
        server.serve(TestKeys.jwk(TestKeys.RSA, "k1"));

        for (String algorithm : new String[] {"HS256", "HS384", "HS512"}) {
            // When
            String token = TestKeys.sign(algorithm, publicKey, "k1", ADMIN);

            // Then
            assertRefused(rsaVerifier, token);
            assertRefused(both, token);
            assertRefused(keySetVerifier, token);
        }
    }

    @Test
    void algorithmOfAKeyThatIsNotConfiguredShouldFail() {
        assertRefused(hmacVerifier, TestKeys.sign("RS256", TestKeys.RSA.getPrivate(), ADMIN));
        assertRefused(hmacVerifier, TestKeys.sign("ES256", TestKeys.P256.getPrivate(), ADMIN));
        assertRefused(rsaVerifier, TestKeys.sign("HS256", HMAC, ADMIN));
        assertRefused(rsaVerifier, TestKeys.sign("ES256", TestKeys.P256.getPrivate(), ADMIN));
        assertRefused(rsaVerifier, TestKeys.sign("PS256", TestKeys.RSA.getPrivate(), ADMIN));
        assertRefused(rsaVerifier, TestKeys.sign("EdDSA", TestKeys.ED25519.getPrivate(), ADMIN));
    }

    @Test
    void ecdsaAlgorithmOfAnotherCurveShouldFail() {
        TokenVerifier p256 =
                Verifiers.token(clock, member("ecdsa_public_key", TestKeys.pem(TestKeys.P256.getPublic())));

        assertRefused(p256, TestKeys.sign("ES384", TestKeys.P384.getPrivate(), ADMIN));
        assertRefused(p256, TestKeys.sign("ES512", TestKeys.P521.getPrivate(), ADMIN));
    }

    @Test
    void psychicSignatureOfZerosShouldFail() {
        // Given: CVE-2022-21449, r = s = 0
        TokenVerifier p256 =
                Verifiers.token(clock, member("ecdsa_public_key", TestKeys.pem(TestKeys.P256.getPublic())));
        String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);

        // Then
        assertRefused(p256, base64Url("{\"alg\":\"ES256\"}") + "." + base64Url(ADMIN) + "." + zeros);
    }

    @Test
    void keyOfAnotherSignerShouldFail() {
        assertRefused(rsaVerifier, TestKeys.sign("RS256", TestKeys.OTHER_RSA.getPrivate(), ADMIN));
        assertRefused(hmacVerifier, TestKeys.sign("HS256", new HmacKey("guess".getBytes()), ADMIN));
    }

    @Test
    void keyThatTheTokenBringsAlongShouldNotBeUsed() {
        // Given
        JsonWebSignature withKey = TestKeys.signature("RS256", TestKeys.OTHER_RSA.getPrivate(), ADMIN);
        withKey.setJwkHeader(TestKeys.jwk(TestKeys.OTHER_RSA, "k1"));
        withKey.setKeyIdHeaderValue("k1");
        String token = TestKeys.compact(withKey);
        server.serve(TestKeys.jwk(TestKeys.RSA, "k1"));

        // Then
        assertRefused(rsaVerifier, token);
        assertRefused(keySetVerifier, token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u"})
    void keySetThatTheTokenPointsToShouldNotBeFetched(String header) {
        // Given
        JsonWebSignature pointing = TestKeys.signature("RS256", TestKeys.OTHER_RSA.getPrivate(), ADMIN);
        pointing.setHeader(header, "https://evil.test/jwks.json");
        pointing.setKeyIdHeaderValue("k1");
        server.serve(TestKeys.jwk(TestKeys.RSA, "k1"));

        // When
        assertRefused(keySetVerifier, TestKeys.compact(pointing));

        // Then: one fetch, of the configured URL
        assertThat(server.fetches()).isEqualTo(1);
    }

    @Test
    void symmetricKeyInAPublicKeySetShouldNotBeUsed() {
        // Given
        String secret = "0123456789abcdef0123456789abcdef";
        server.serve("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"k1\",\"k\":\"" + base64Url(secret) + "\"}]}");

        // Then
        assertRefused(keySetVerifier, TestKeys.sign("HS256", new HmacKey(secret.getBytes()), "k1", ADMIN));
    }

    @Test
    void tokenWithoutKeyIdShouldNotChooseFromTheKeySet() {
        server.serve(TestKeys.jwk(TestKeys.RSA, "k1"));

        assertRefused(keySetVerifier, TestKeys.sign("RS256", TestKeys.RSA.getPrivate(), ADMIN));
    }

    @Test
    void unknownCriticalHeaderShouldFail() {
        JsonWebSignature critical = TestKeys.signature("HS256", HMAC, ADMIN);
        critical.setCriticalHeaderNames("policy");
        critical.setHeader("policy", "x");

        assertRefused(hmacVerifier, TestKeys.compact(critical));
    }

    @Test
    void subscriptionTokenShouldNotOpenAConnection() {
        assertRefused(hmacVerifier, TestKeys.sign("HS256", HMAC, "{\"sub\":\"a\",\"channel\":\"chat\"}"));
    }

    @Test
    void connectionTokenShouldNotOpenAChannel() {
        assertThat(hmacVerifier.subscription(TestKeys.sign("HS256", HMAC, ADMIN)))
                .isInstanceOf(InvalidToken.class);
    }

    @Test
    void alteredTokenShouldFailWhereverItIsAltered() {
        // Given
        String[] genuine = TestKeys.sign("HS256", HMAC, "{\"sub\":\"alice\"}").split("\\.");

        // Then
        assertRefused(hmacVerifier, genuine[0] + "." + base64Url(ADMIN) + "." + genuine[2]);
        assertRefused(hmacVerifier, base64Url("{\"alg\":\"HS512\"}") + "." + genuine[1] + "." + genuine[2]);
        assertRefused(hmacVerifier, genuine[0] + "." + genuine[1] + ".");
        assertRefused(hmacVerifier, genuine[0] + "." + genuine[1] + "." + genuine[2].substring(4));
        assertRefused(hmacVerifier, genuine[0] + "." + genuine[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                "a.b.c.d.e",
                "null",
                "eyJhbGciOjF9.e30.AA",
                "eyJhbGciOm51bGx9.e30.AA",
                "W10.e30.AA",
                "eyJhbGciOiJIUzI1NiIsImtpZCI6W119.e30.AA",
                "eyJhbGciOiJIUzI1NiIsImNyaXQiOjF9.e30.AA",
                "eyJhbGciOiJIUzI1NiIsImNyaXQiOlsxXX0.e30.AA",
                "eyJhbGciOiJIUzI1NiIsImI2NCI6MX0.e30.AA",
                "\u0000.é.🔔"
            })
    void malformedTokenShouldBeRefusedAndNeverThrow(String token) {
        assertRefused(hmacVerifier, token);
        assertRefused(rsaVerifier, token);
        assertRefused(keySetVerifier, token);
        assertThat(hmacVerifier.subscription(token)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void randomDamageShouldBeRefusedAndNeverThrow() {
        // Given
        Random random = new Random(7);
        String genuine = TestKeys.sign("HS256", HMAC, "k1", "{\"sub\":\"alice\",\"info\":{\"a\":[1,2]}}");
        int signatureEnd = genuine.length() - 1;

        for (int i = 0; i < 5_000; i++) {
            // When: the last letter is left alone, since its lowest bits belong to no byte
            StringBuilder damaged = new StringBuilder(genuine);
            int at = random.nextInt(signatureEnd);
            char replacement = (char) (33 + random.nextInt(94));
            if (damaged.charAt(at) == replacement) {
                continue;
            }
            damaged.setCharAt(at, replacement);

            // Then
            assertThat(hmacVerifier.connection(damaged.toString())).isInstanceOf(InvalidToken.class);
        }
    }

    @Test
    void reasonForTheLogShouldHoldNoPartOfTheToken() {
        // Given
        String token = TestKeys.sign("HS256", HMAC, "{\"sub\":\"hush\",\"exp\":\"hush\"}");
        String malformed = base64Url("{\"alg\":\"hush\"}") + ".hush.hush";

        // Then
        assertThat(hmacVerifier.connection(token).toString())
                .contains("malformed")
                .doesNotContain("hush");
        assertThat(hmacVerifier.connection(malformed).toString()).doesNotContain("hush");
    }

    @Test
    void unsignedTokenShouldPassOnlyWhenTheConfigurationSkipsTheCheck() {
        // Given
        TokenVerifier skipping = Verifiers.client(clock, server, "\"insecure_skip_token_signature_verify\":true");
        String unsigned = base64Url("{\"alg\":\"none\"}") + "." + base64Url(ADMIN) + ".";

        // Then
        assertThat(skipping.connection(unsigned)).isInstanceOf(ConnectionClaims.class);
        assertRefused(skipping, "nonsense");
    }

    private static void assertRefused(TokenVerifier verifier, String token) {
        assertThat(verifier.connection(token)).isInstanceOf(InvalidToken.class);
    }
}
