package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameRateTest {

    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true,"allow_publish_for_client":true}""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS, Map.of(), "\"frame_rate_limit\":3");

    @Test
    void shouldAnswerEachCommandOfAFrameTooManyWith111() {
        // Given a client whose connect command was its first frame
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.publish(2, "news", "1")).sends(Say.publish(3, "news", "1"));
        alice.received();

        // When
        alice.sends(Say.publish(4, "news", "1"), Say.subscribe(5, "news"), "{}");

        // Then
        assertThat(alice.received())
                .containsExactly(
                        Say.temporary(4, 111, "too many requests"), Say.temporary(5, 111, "too many requests"));
        assertThat(carillon.row(alice).subscriptions()).isEmpty();
        assertThat(alice.isClosed()).isFalse();
    }

    @Test
    void shouldCarryOutFramesAgainWhenTimeHasPassed() {
        // Given
        TestClient alice = carillon.connect("alice");
        for (int id = 2; id < 8; id++) {
            alice.sends(Say.publish(id, "news", "1"));
        }
        alice.received();

        // When
        carillon.clock().advance(Duration.ofSeconds(1));
        alice.sends(Say.publish(9, "news", "1"));

        // Then
        assertThat(alice.received()).containsExactly(Say.done(9, "publish"));
    }

    @Test
    void shouldNotCountOneConnectionsFramesForAnother() {
        // Given
        TestClient alice = carillon.connect("alice");
        TestClient bob = carillon.connect("bob");
        for (int id = 2; id < 8; id++) {
            alice.sends(Say.publish(id, "news", "1"));
        }

        // When
        bob.sends(Say.publish(2, "news", "1"));

        // Then
        assertThat(bob.received()).containsExactly(Say.done(2, "publish"));
    }

    @Test
    void shouldDisconnectWith3013WhenAClientKeepsSendingTooMany() {
        // Given
        TestClient alice = carillon.connect("alice");

        // When
        for (int id = 2; id < 70 && !alice.isClosed(); id++) {
            alice.sends(Say.publish(id, "news", "1"));
        }

        // Then
        assertThat(alice.received()).endsWith(Say.disconnect(3013, "too many requests"));
        assertThat(alice.isClosed()).isTrue();
    }

    @Test
    void shouldSendASlowConnectionOnlyOne3013WhenItsFramesStillCome() {
        // Given frames that API Gateway had taken before the connection was closed
        TestClient alice = carillon.connect("alice");
        for (int id = 2; id < 70 && !alice.isClosed(); id++) {
            alice.sends(Say.publish(id, "news", "1"));
        }
        int closes = carillon.poster().closes();

        // When
        for (int id = 70; id < 170; id++) {
            alice.sends(Say.publish(id, "news", "1"));
        }

        // Then
        assertThat(alice.received())
                .containsOnlyOnce(Say.disconnect(3013, "too many requests"))
                .endsWith(Say.disconnect(3013, "too many requests"));
        assertThat(carillon.poster().closes()).isEqualTo(closes);
    }

    @Test
    void shouldCloseAgainAfterASecondWhenTheFirstTryCameToNothing() {
        // Given
        TestClient alice = carillon.connect("alice");
        for (int id = 2; id < 70 && !alice.isClosed(); id++) {
            alice.sends(Say.publish(id, "news", "1"));
        }
        int closes = carillon.poster().closes();

        // When
        carillon.clock().advance(Duration.ofSeconds(1));
        alice.sends(Say.publish(70, "news", "1"), Say.publish(71, "news", "1"));

        // Then
        assertThat(carillon.poster().closes()).isEqualTo(closes + 1);
    }

    @Test
    void shouldTakeAnyNumberWhenThereIsNoLimit() {
        // Given
        TestCarillon open = TestCarillon.with("", CHANNELS);
        TestClient alice = open.connect("alice");

        // When
        for (int id = 2; id < 500; id++) {
            alice.sends(Say.publish(id, "news", "1"));
        }

        // Then
        assertThat(alice.received()).hasSize(498).allMatch(line -> line.contains("\"publish\":{}"));
    }
}
