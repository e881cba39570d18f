package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attacks with a subscription token that was made for somebody or something else. The attacker is {@code mallory}. */
class SubscriptionTokenAttacksTest {

    private static final String HS256 = "{\"alg\":\"HS256\"}";
    private static final String INVALID = Say.disconnect(3500, "invalid token");

    private final Victim victim =
            Victim.with("\"token\":{\"hmac_secret_key\":\"" + TestCarillon.SECRET + "\",\"audience\":\"carillon\"}");
    private String id;

    @BeforeEach
    void connect() {
        id = victim.open("");
        victim.send(id, Say.connect(token("\"sub\":\"mallory\"")));
    }

    @Test
    void genuineTokenShouldSubscribeSoThatTheAttacksBelowFailForTheirOwnReason() {
        assertThat(subscribe("$secret", "\"sub\":\"mallory\",\"channel\":\"$secret\""))
                .isEmpty();
        assertThat(victim.carillon().connections().find(id).orElseThrow().isSubscribedTo(Set.of("$secret")))
                .isTrue();
    }

    @Test
    void tokenForAnotherChannelShouldBeRefused() {
        assertEnded(subscribe("$secret", "\"sub\":\"mallory\",\"channel\":\"$lobby\""));
    }

    @Test
    void tokenOfAnotherUserShouldBeRefused() {
        assertEnded(subscribe("$secret", "\"sub\":\"alice\",\"channel\":\"$secret\""));
    }

    @Test
    void tokenOfNobodyShouldBeRefused() {
        assertEnded(subscribe("$secret", "\"channel\":\"$secret\""));
    }

    @Test
    void tokenBoundToAnotherClientShouldNotBeReplayedFromThisOne() {
        assertEnded(subscribe("$secret", "\"sub\":\"mallory\",\"channel\":\"$secret\",\"client\":\"another\""));
    }

    @Test
    void tokenReplayedAfterItsExpiryShouldBeAnsweredWithError109() {
        // Given
        long soon = victim.carillon().clock().millis() / 1000 + 60;
        String claims = "\"sub\":\"mallory\",\"channel\":\"$secret\",\"exp\":" + soon;

        // When
        victim.carillon().clock().advance(Duration.ofSeconds(61));

        // Then
        assertThat(subscribe("$secret", claims)).containsExactly(Say.error(2, 109, "token expired"));
    }

    @Test
    void connectionTokenShouldOpenNoChannel() {
        assertThat(subscribe("$secret", "\"sub\":\"mallory\"")).containsExactly(Say.error(2, 103, "permission denied"));
    }

    @Test
    void subscriptionTokenShouldOpenNoConnection() {
        assertThat(victim.connect(token("\"sub\":\"mallory\",\"channel\":\"$secret\"")))
                .containsExactly(INVALID);
    }

    @Test
    void tokenForAnotherAudienceShouldBeRefused() {
        String foreign = Forge.hs256(
                HS256,
                "{\"aud\":\"other\",\"sub\":\"mallory\",\"channel\":\"$secret\"}",
                Forge.bytes(TestCarillon.SECRET));

        assertThat(victim.send(id, Say.subscribe(2, "$secret", "\"token\":\"" + foreign + "\"")))
                .containsExactly(Say.error(2, 103, "permission denied"));
    }

    private List<String> subscribe(String channel, String claims) {
        return victim.send(id, Say.subscribe(2, channel, "\"token\":\"" + token(claims) + "\""));
    }

    private static String token(String claims) {
        return Forge.hs256(HS256, "{\"aud\":\"carillon\"," + claims + "}", Forge.bytes(TestCarillon.SECRET));
    }

    private void assertEnded(List<String> answer) {
        assertThat(answer).containsExactly(INVALID);
        assertThat(victim.isStillThere()).isFalse();
    }
}
