package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.Json;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each test is named for an attack with a connection token, goes in through the handlers, and shows what the attacker
 * gets. The token class's own tests try many more variations.
 */
class TokenAttacksTest {

    private static final String RS256 = "{\"alg\":\"RS256\"}";
    private static final String INVALID = Say.disconnect(3500, "invalid token");

    private final Victim victim = Victim.with("""
            "token":{"rsa_public_key":%s,"issuer":"https://issuer.example","audience":"carillon"}""".formatted(Json.write(Forge.pem(Forge.ISSUER))));

    @Test
    void genuineTokenShouldConnectSoThatTheAttacksBelowFailForTheirOwnReason() {
        assertThat(victim.connect(Forge.rs256(RS256, claims(""), Forge.ISSUER)))
                .singleElement()
                .asString()
                .startsWith("{\"id\":1,\"connect\":{\"client\":");
    }

    @Test
    void tokenReplayedAfterItsExpiryShouldBeAnsweredWithError109() {
        // Given: a token that was good, and was recorded
        long soon = victim.carillon().clock().millis() / 1000 + 60;
        String recorded = Forge.rs256(RS256, claims(",\"exp\":" + soon), Forge.ISSUER);
        assertThat(victim.connect(recorded)).singleElement().asString().contains("\"client\":");

        // When
        victim.carillon().clock().advance(Duration.ofSeconds(61));

        // Then
        assertThat(victim.connect(recorded)).containsExactly(Say.error(1, 109, "token expired"));
    }

    @Test
    void tokenThatIsNotYetValidShouldBeAnsweredWithError109() {
        long later = victim.carillon().clock().millis() / 1000 + 60;

        assertThat(victim.connect(Forge.rs256(RS256, claims(",\"nbf\":" + later), Forge.ISSUER)))
                .containsExactly(Say.error(1, 109, "token expired"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"admin\",\"iss\":\"https://issuer.example\",\"aud\":\"another-service\"}",
                "{\"sub\":\"admin\",\"iss\":\"https://issuer.example\",\"aud\":[\"a\",\"carillon2\"]}",
                "{\"sub\":\"admin\",\"iss\":\"https://issuer.example\",\"aud\":[]}",
                "{\"sub\":\"admin\",\"iss\":\"https://issuer.example\"}"
            })
    void tokenForAnotherAudienceShouldBeRefused(String claims) {
        assertRefused(victim, Forge.rs256(RS256, claims, Forge.ISSUER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"admin\",\"aud\":\"carillon\",\"iss\":\"https://issuer.example.evil.example\"}",
                "{\"sub\":\"admin\",\"aud\":\"carillon\",\"iss\":\"https://issuer.example/\"}",
                "{\"sub\":\"admin\",\"aud\":\"carillon\",\"iss\":\"\"}",
                "{\"sub\":\"admin\",\"aud\":\"carillon\"}"
            })
    void tokenOfAnotherIssuerShouldBeRefused(String claims) {
        assertRefused(victim, Forge.rs256(RS256, claims, Forge.ISSUER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "nOnE", ""})
    void algNoneShouldBeRefused(String algorithm) {
        String header = "{\"alg\":\"" + algorithm + "\"}";

        assertRefused(victim, Forge.unsigned(header, claims("")));
        assertRefused(victim, Forge.unsigned(header, claims("")) + "AAAA");
    }

    static Stream<byte[]> publicKeyAsSecret() {
        String pem = Forge.pem(Forge.ISSUER);
        return Stream.of(
                Forge.bytes(pem),
                Forge.bytes(pem.strip()),
                Forge.ISSUER.getPublic().getEncoded(),
                Forge.bytes(Base64.getEncoder()
                        .encodeToString(Forge.ISSUER.getPublic().getEncoded())));
    }

    @ParameterizedTest
    @MethodSource("publicKeyAsSecret")
    void keyConfusionWithThePublicKeyAsHmacSecretShouldBeRefused(byte[] secret) {
        assertRefused(victim, Forge.hs256("{\"alg\":\"HS256\"}", claims(""), secret));
    }

    @Test
    void keyConfusionShouldBeRefusedWhereHmacIsConfiguredToo() {
        Victim both = Victim.with("""
                "token":{"rsa_public_key":%s,"hmac_secret_key":"%s"}""".formatted(Json.write(Forge.pem(Forge.ISSUER)), TestCarillon.SECRET));

        assertRefused(both, Forge.hs256("{\"alg\":\"HS256\"}", claims(""), Forge.bytes(Forge.pem(Forge.ISSUER))));
    }

    @Test
    void tokenOfTheAttackersOwnKeyShouldBeRefused() {
        assertRefused(victim, Forge.rs256(RS256, claims(""), Forge.ATTACKER));
    }

    @Test
    void emptyHmacSecretShouldBeRefused() {
        assertRefused(victim, Forge.hs256("{\"alg\":\"HS256\"}", claims(""), new byte[] {0}));
    }

    @Test
    void oversizedTokenShouldBeRefusedWithoutASignature() {
        String huge = claims(",\"info\":\"" + "x".repeat(24_000) + "\"");

        assertRefused(victim, Forge.rs256(RS256, huge, Forge.ATTACKER));
    }

    @Test
    void genuineTokenWhoseUserFitsNoIndexShouldBeRefused() {
        String claims =
                "{\"sub\":\"%s\",\"iss\":\"https://issuer.example\",\"aud\":\"carillon\"}".formatted("x".repeat(2_049));

        assertRefused(victim, Forge.rs256(RS256, claims, Forge.ISSUER));
    }

    @Test
    void deeplyNestedClaimsShouldBeRefused() {
        String nested = "[".repeat(5_000) + "]".repeat(5_000);

        assertRefused(victim, Forge.rs256(RS256, claims(",\"info\":" + nested), Forge.ISSUER));
    }

    @Test
    void duplicateHeaderOrClaimShouldNotSmuggleAnotherAlgorithmIn() {
        String header = "{\"alg\":\"RS256\",\"alg\":\"none\"}";

        assertRefused(victim, Forge.unsigned(header, claims("")));
    }

    @Test
    void tokenOfAnotherUserShouldNotRefreshAConnection() {
        // Given
        Victim hmac = hmac();
        String id = hmac.open("");
        hmac.send(id, Say.connect(hmac.carillon().tokens().connection("mallory").sign()));

        // When
        String alices = hmac.carillon().tokens().connection("alice").sign();
        List<String> answer = hmac.send(id, "{\"id\":2,\"refresh\":{\"token\":\"" + alices + "\"}}");

        // Then
        assertThat(answer).containsExactly(INVALID);
        assertThat(hmac.isStillThere()).isFalse();
    }

    private static Victim hmac() {
        return Victim.with("\"token\":{\"hmac_secret_key\":\"" + TestCarillon.SECRET + "\"}");
    }

    private static String claims(String more) {
        return "{\"sub\":\"admin\",\"iss\":\"https://issuer.example\",\"aud\":\"carillon\"" + more + "}";
    }

    private static void assertRefused(Victim victim, String token) {
        assertThat(victim.connect(token)).containsExactly(INVALID);
        assertThat(victim.isStillThere()).isFalse();
    }
}
