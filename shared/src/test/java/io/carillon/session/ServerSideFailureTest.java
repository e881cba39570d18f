package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.events.RawJson;
import io.carillon.testing.FaultyMailboxes;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of server-side subscriptions that do not come about as the connect reply says. */
class ServerSideFailureTest {

    private final TestCarillon carillon = TestCarillon.with("", """
            "namespaces":[{"name":"log","history_size":10,"history_ttl":"60s","force_recovery":true},
             {"name":"closed"}]""");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"closed:1\":{\"data\":\"%1$s\"}}",
                "{\"log:1\":{\"data\":\"%1$s\"}}",
                "{\"log:1\":{\"info\":\"%1$s\"}}",
                "{\"log:1\":{\"data\":\"%2$s\"},\"log:2\":{\"data\":\"%2$s\"}}"
            })
    void shouldRefuseToConnectWith106WhenTheTokenBringsMoreThanAMessageHolds(String subs) {
        // Given
        TestClient client = carillon.open();
        String claim = subs.formatted("x".repeat(125_000), "x".repeat(70_000));

        // When
        client.sends(Say.connect(carillon.tokens()
                .connection("alice")
                .claim("subs", RawJson.of(claim))
                .sign()));

        // Then
        assertThat(client.received()).containsExactly(Say.error(1, 106, "limit exceeded"));
        assertThat(carillon.row(client).established()).isFalse();
    }

    @Test
    void shouldReconnectTheClientWhenASubscriptionCannotBeStarted() {
        // Given
        TestClient client = carillon.open();
        carillon.mailboxes().fail(true);

        // When
        client.sends(Say.connect(
                carillon.tokens().connection("alice").channels(List.of("log:1")).sign()));

        // Then
        assertThat(client.received())
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("{\"id\":1,\"connect\":"),
                        push -> assertThat(push).isEqualTo(Say.disconnect(3004, "internal server error")));
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void shouldReconnectTheClientWhenTheFunctionDiesBetweenReplyAndMailbox() {
        // Given
        publish("log:1", 1, 1);
        TestClient client = carillon.open();
        String token =
                carillon.tokens().connection("alice").channels(List.of("log:1")).sign();
        carillon.mailboxes().beforeNext(() -> {
            throw new FaultyMailboxes.Died();
        });
        assertThatThrownBy(() -> client.sends(Say.connect(token))).isInstanceOf(FaultyMailboxes.Died.class);
        publish("log:1", 2, 2);
        assertThat(client.received())
                .singleElement()
                .satisfies(reply -> assertThat(subs(reply)).contains("\"offset\":1"));

        // When
        carillon.clock().advance(Duration.ofSeconds(56));
        carillon.beat();

        // Then
        assertThat(client.received()).last().isEqualTo(Say.disconnect(3010, "insufficient state"));
        assertThat(client.isClosed()).isTrue();
        assertThat(carillon.connections().ids()).isEmpty();
        TestClient returning = carillon.open();
        returning.sends("""
                {"id":1,"connect":{"token":"%s","subs":{"log:1":{"recover":true,"offset":1,"epoch":"epoch1"}}}}""".formatted(token));
        assertThat(subs(returning.received().getFirst())).contains("{\"data\":2,\"offset\":2}");
    }

    @Test
    void shouldLeaveTheClientAloneWhenAllOfItsMailboxesKnow() {
        // Given
        TestClient client = carillon.open();
        client.sends(Say.connect(carillon.tokens()
                .connection("alice")
                .channels(List.of("log:1", "closed:1"))
                .sign()));

        // When
        carillon.pass(Duration.ofMinutes(5));

        // Then
        assertThat(client.isClosed()).isFalse();
        assertThat(carillon.row(client).settleBy()).isZero();
        assertThat(carillon.row(client).nextExpiry())
                .isEqualTo(carillon.row(client).expireAt());
    }

    @Test
    void shouldReconnectTheClientWhenTheServerUnsubscribesItBetweenReplyAndMailbox() {
        // Given
        TestClient client = carillon.open();
        carillon.mailboxes()
                .beforeNext(() -> carillon.api("unsubscribe", "{\"channel\":\"log:1\",\"user\":\"alice\"}"));

        // When
        client.sends(Say.connect(
                carillon.tokens().connection("alice").channels(List.of("log:1")).sign()));

        // Then
        assertThat(client.received()).last().isEqualTo(Say.disconnect(3010, "insufficient state"));
    }

    private void publish(String channel, int from, int to) {
        IntStream.rangeClosed(from, to)
                .forEach(n -> carillon.api("publish", "{\"channel\":\"%s\",\"data\":%d}".formatted(channel, n)));
    }

    /** What a connect reply says of subscriptions, without times. */
    private static String subs(String reply) {
        return reply.replaceAll(",\"time\":\\d+", "").replaceAll("^.*\"subs\":(.*)}}$", "$1");
    }
}
