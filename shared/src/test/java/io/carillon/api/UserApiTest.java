package io.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.testing.FaultyMailboxes;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserApiTest {

    private static final String DONE = "{\"result\":{}}";
    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true},
            "namespaces":[
             {"name":"log","history_size":10,"history_ttl":"60s","force_recovery":true},
             {"name":"room","presence":true,"join_leave":true}]""";

    private final TestCarillon carillon = TestCarillon.with("\"channel_limit\":2", CHANNELS);
    private final TestClient laptop = carillon.connect("alice");
    private final TestClient phone = carillon.connect("alice");
    private final TestClient bob = carillon.connect("bob");

    @Test
    void shouldRefuseWith106ASubscriptionThatBringsMoreThanAMessageHolds() {
        // When
        String answer = carillon.api(
                "subscribe", "{\"user\":\"alice\",\"channel\":\"news\",\"data\":\"" + "x".repeat(125_000) + "\"}");

        // Then
        assertThat(answer)
                .isEqualTo(
                        "{\"error\":{\"code\":106,\"message\":\"limit exceeded: data or info is larger than the 128 KB"
                                + " of a message\"}}");
        assertThat(carillon.row(laptop).subscriptions()).isEmpty();
    }

    @Test
    void shouldSubscribeAllConnectionsOfAUser() {
        // When
        String answer = carillon.api("subscribe", "{\"user\":\"alice\",\"channel\":\"room:1\",\"data\":{\"n\": 1.0}}");

        // Then
        String push = "{\"push\":{\"channel\":\"room:1\",\"subscribe\":{\"data\":{\"n\": 1.0}}}}";
        assertThat(answer).isEqualTo(DONE);
        assertThat(laptop.received()).containsExactly(push);
        assertThat(phone.received()).containsExactly(push);
        assertThat(bob.received()).isEmpty();
    }

    @Test
    void shouldSubscribeOnlyTheConnectionThatIsNamed() {
        // When
        carillon.api("subscribe", "{\"user\":\"alice\",\"channel\":\"a\",\"client\":\"%s\"}".formatted(phone.client()));
        carillon.api(
                "subscribe",
                "{\"user\":\"alice\",\"channel\":\"b\",\"session\":\"%s\"}"
                        .formatted(carillon.row(laptop).session()));
        carillon.api("subscribe", "{\"user\":\"bob\",\"channel\":\"c\",\"client\":\"%s\"}".formatted(phone.client()));

        // Then
        assertThat(carillon.row(phone).subscriptions()).containsOnlyKeys("a");
        assertThat(carillon.row(laptop).subscriptions()).containsOnlyKeys("b");
        assertThat(carillon.row(bob).subscriptions()).isEmpty();
    }

    @Test
    void shouldRecoverAndOverrideAsTheRequestSays() {
        // Given
        for (int n = 1; n <= 3; n++) {
            carillon.api("publish", "{\"channel\":\"log:1\",\"data\":" + n + "}");
        }

        // When
        carillon.api(
                "subscribe",
                "{\"user\":\"bob\",\"channel\":\"log:1\",\"recover_since\":{\"offset\":2,\"epoch\":\"epoch1\"}}");
        carillon.api("subscribe", """
                {"user":"bob","channel":"room:1","info":{"role":1.0},"override":{"force_push_join_leave":{"value":true}}}""");

        // Then
        assertThat(bob.received().stream().map(line -> line.replaceAll(",\"time\":\\d+", "")))
                .containsExactly(
                        "{\"push\":{\"channel\":\"log:1\",\"subscribe\":{\"recoverable\":true,\"epoch\":\"epoch1\","
                                + "\"offset\":2,\"positioned\":true}}}",
                        "{\"push\":{\"channel\":\"log:1\",\"pub\":{\"data\":3,\"offset\":3}}}",
                        "{\"push\":{\"channel\":\"room:1\",\"subscribe\":{}}}",
                        "{\"push\":{\"channel\":\"room:1\",\"join\":{\"info\":{\"user\":\"bob\",\"client\":\"%s\","
                                        .formatted(bob.client())
                                + "\"chan_info\":{\"role\":1.0}}}}}");
    }

    @Test
    void shouldEndASubscriptionThatExpires() {
        // Given
        long soon = carillon.clock().seconds() + 60;
        carillon.api("subscribe", "{\"user\":\"bob\",\"channel\":\"news\",\"expire_at\":" + soon + "}");

        // When
        carillon.pass(Duration.ofMinutes(2));

        // Then
        assertThat(bob.received()).contains(Say.unsubscribed("news", 2501, "subscription expired"));
    }

    @Test
    void shouldChangeNothingWhenSubscribedAlready() {
        // Given
        bob.sends(Say.subscribe(2, "news"));
        bob.received();

        // When
        String answer = carillon.api("subscribe", "{\"user\":\"bob\",\"channel\":\"news\"}");

        // Then
        assertThat(answer).isEqualTo(DONE);
        assertThat(bob.received()).isEmpty();
        assertThat(bob.isClosed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"news", "log:1"})
    void shouldSubscribeWhenARequestIsRepeatedWhoseFunctionDiedBeforeTheMailboxKnew(String channel) {
        // Given
        String request = "{\"user\":\"bob\",\"channel\":\"%s\"}".formatted(channel);
        carillon.mailboxes().beforeNext(() -> {
            throw new FaultyMailboxes.Died();
        });
        assertThatThrownBy(() -> carillon.api("subscribe", request)).isInstanceOf(FaultyMailboxes.Died.class);

        // When
        String answer = carillon.api("subscribe", request);
        carillon.api("publish", "{\"channel\":\"%s\",\"data\":1}".formatted(channel));

        // Then
        assertThat(answer).isEqualTo(DONE);
        assertThat(bob.received())
                .satisfiesExactly(
                        push -> assertThat(push).contains("\"subscribe\""),
                        push -> assertThat(push).contains("\"pub\""));
    }

    @Test
    void shouldTellAClientOnceHoweverOftenItIsSubscribed() {
        // Given
        String request = "{\"user\":\"bob\",\"channel\":\"room:1\",\"data\":1}";
        carillon.api("subscribe", request);
        assertThat(bob.received()).hasSize(1);

        // When: at once, and when no queue remembers the first any more
        carillon.api("subscribe", request);
        carillon.clock().advance(Duration.ofMinutes(6));
        carillon.api("subscribe", request);

        // Then
        assertThat(bob.received()).isEmpty();
    }

    @Test
    void shouldDisconnectWith3505WhenAConnectionIsFull() {
        // Given
        bob.sends(Say.subscribe(2, "a"), Say.subscribe(3, "b"));
        bob.received();

        // When
        carillon.api("subscribe", "{\"user\":\"bob\",\"channel\":\"c\"}");

        // Then
        assertThat(bob.received()).containsExactly(Say.disconnect(3505, "channel limit"));
        assertThat(bob.isClosed()).isTrue();
    }

    @Test
    void shouldUnsubscribeAllConnectionsOfAUserOrTheOneThatIsNamed() {
        // Given
        for (TestClient client : List.of(laptop, phone, bob)) {
            client.sends(Say.subscribe(2, "news"), Say.subscribe(3, "other"));
            client.received();
        }

        // When
        carillon.api("unsubscribe", "{\"user\":\"alice\",\"channel\":\"news\"}");
        carillon.api(
                "unsubscribe",
                "{\"user\":\"alice\",\"channel\":\"other\",\"client\":\"%s\"}".formatted(phone.client()));
        carillon.api("publish", "{\"channel\":\"news\",\"data\":1}");

        // Then
        String news = Say.unsubscribed("news", 2000, "server unsubscribe");
        assertThat(laptop.received()).containsExactly(news);
        assertThat(phone.received())
                .containsExactlyInAnyOrder(news, Say.unsubscribed("other", 2000, "server unsubscribe"));
        assertThat(bob.received()).singleElement().asString().contains("\"pub\"");
    }

    @Test
    void shouldAllowANewSubscribeAfterAServerUnsubscribe() {
        // Given
        bob.sends(Say.subscribe(2, "news"));
        carillon.api("unsubscribe", "{\"user\":\"bob\",\"channel\":\"news\"}");
        bob.received();

        // When
        bob.sends(Say.subscribe(3, "news"));

        // Then
        assertThat(bob.received()).containsExactly("{\"id\":3,\"subscribe\":{}}");
    }

    @Test
    void shouldDisconnectAllConnectionsOfAUserForGood() {
        // When
        String answer = carillon.api("disconnect", "{\"user\":\"alice\"}");

        // Then
        assertThat(answer).isEqualTo(DONE);
        for (TestClient client : List.of(laptop, phone)) {
            assertThat(client.received()).containsExactly(Say.disconnect(3503, "force disconnect"));
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(bob.isClosed()).isFalse();
    }

    @Test
    void shouldSpareTheWhitelistAndTellTheReasonGiven() {
        // When
        carillon.api(
                "disconnect",
                "{\"user\":\"alice\",\"whitelist\":[\"%s\"],\"disconnect\":{\"code\":4000,\"reason\":\"elsewhere\"}}"
                        .formatted(laptop.client()));

        // Then
        assertThat(phone.received()).containsExactly(Say.disconnect(4000, "elsewhere"));
        assertThat(laptop.isClosed()).isFalse();
    }

    @Test
    void shouldDisconnectOnlyTheConnectionThatIsNamed() {
        // When
        carillon.api("disconnect", "{\"user\":\"alice\",\"client\":\"%s\"}".formatted(laptop.client()));
        boolean phoneClosed = phone.isClosed();
        carillon.api(
                "disconnect",
                "{\"user\":\"alice\",\"session\":\"%s\"}"
                        .formatted(carillon.row(phone).session()));

        // Then
        assertThat(laptop.isClosed()).isTrue();
        assertThat(phoneClosed).isFalse();
        assertThat(phone.isClosed()).isTrue();
    }

    @Test
    void shouldMoveTheExpiryOfAllConnectionsOfAUser() {
        // Given
        long soon = carillon.clock().seconds() + 90;

        // When
        String answer =
                carillon.api("refresh", "{\"user\":\"alice\",\"expire_at\":" + soon + ",\"info\":{\"v\": 2.0}}");

        // Then
        assertThat(answer).isEqualTo(DONE);
        for (TestClient client : List.of(laptop, phone)) {
            assertThat(carillon.row(client).expireAt()).isEqualTo(soon);
            assertThat(carillon.row(client).nextExpiry()).isEqualTo(soon);
            assertThat(carillon.row(client).info().text()).isEqualTo("{\"v\": 2.0}");
        }
        assertThat(carillon.row(bob).expireAt()).isZero();
    }

    @Test
    void shouldEndTheConnectionAtTheHeartbeatAfterTheExpiryThatWasSet() {
        // Given
        long soon = carillon.clock().seconds() + 30;
        carillon.api("refresh", "{\"user\":\"bob\",\"expire_at\":" + soon + "}");

        // When
        carillon.pass(Duration.ofMinutes(1));

        // Then
        assertThat(bob.received()).contains(Say.disconnect(3005, "connection expired"));
        assertThat(laptop.isClosed()).isFalse();
    }

    @Test
    void shouldMissNoExpiryOfASubscriptionWhenTheConnectionLastsForEver() {
        // Given
        long soon = carillon.clock().seconds() + 30;
        carillon.api("subscribe", "{\"user\":\"bob\",\"channel\":\"news\",\"expire_at\":" + soon + "}");

        // When
        carillon.api("refresh", "{\"user\":\"bob\",\"expire_at\":0}");
        carillon.pass(Duration.ofMinutes(1));

        // Then
        assertThat(bob.received()).contains(Say.unsubscribed("news", 2501, "subscription expired"));
    }

    @Test
    void shouldCloseConnectionsThatAreExpiredByTheRequest() {
        // When
        carillon.api("refresh", "{\"user\":\"alice\",\"client\":\"%s\",\"expired\":true}".formatted(laptop.client()));
        carillon.api("refresh", "{\"user\":\"bob\",\"expire_at\":1}");

        // Then
        assertThat(laptop.received()).containsExactly(Say.disconnect(3005, "connection expired"));
        assertThat(bob.received()).containsExactly(Say.disconnect(3005, "connection expired"));
        assertThat(phone.isClosed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subscribe | {\"user\":\"bob\"} | 107",
                "subscribe | {\"channel\":\"news\"} | 107",
                "subscribe | {\"user\":\"bob\",\"channel\":\"nowhere:1\"} | 102",
                "subscribe | {\"user\":\"bob\",\"channel\":\"news\",\"expire_at\":1} | 107",
                "subscribe | {\"user\":\"bob\",\"channel\":\"news\",\"b64data\":\"###\"} | 107",
                "unsubscribe | {\"user\":\"bob\"} | 107",
                "unsubscribe | {\"channel\":\"news\"} | 107",
                "unsubscribe | {\"user\":\"bob\",\"channel\":\"nowhere:1\"} | 102",
                "disconnect | {} | 107",
                "disconnect | {\"user\":\"bob\",\"all_users\":true} | 107",
                "refresh | {} | 107"
            })
    void shouldRefuseWithTheErrorThatFits(String method, String body, int code) {
        // When
        String answer = carillon.api(method, body);

        // Then
        assertThat(answer).startsWith("{\"error\":{\"code\":" + code + ",");
        assertThat(bob.received()).isEmpty();
    }

    @Test
    void shouldSucceedForAUserWhoIsNotThere() {
        // When
        List<String> answers = List.of(
                carillon.api("subscribe", "{\"user\":\"carol\",\"channel\":\"news\"}"),
                carillon.api("unsubscribe", "{\"user\":\"carol\",\"channel\":\"news\"}"),
                carillon.api("disconnect", "{\"user\":\"carol\"}"),
                carillon.api("refresh", "{\"user\":\"carol\"}"));

        // Then
        assertThat(answers).containsOnly(DONE);
    }
}
