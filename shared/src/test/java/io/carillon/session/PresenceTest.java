package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.RawJson;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceTest {

    private static final String CHANNELS = """
            "namespaces":[
             {"name":"room","presence":true,"allow_presence_for_client":true,"allow_subscribe_for_client":true},
             {"name":"members","presence":true,"allow_presence_for_subscriber":true,
              "allow_subscribe_for_client":true,"allow_subscribe_for_anonymous":true},
             {"name":"closed","presence":true},
             {"name":"none","allow_presence_for_client":true}]""";

    private final TestCarillon carillon = TestCarillon.with("\"allow_anonymous_connect_without_token\":true", CHANNELS);
    private final TestClient alice = carillon.connect("alice");

    @ParameterizedTest
    @CsvSource({
        "nowhere:1, 102, unknown channel",
        "none:1, 108, not available",
        "closed:1, 103, permission denied",
        "members:1, 103, permission denied"
    })
    void shouldRefuseWithTheErrorThatFits(String channel, int code, String message) {
        // When
        alice.sends(
                "{\"id\":2,\"presence\":{\"channel\":\"%s\"}}".formatted(channel),
                "{\"id\":3,\"presence_stats\":{\"channel\":\"%s\"}}".formatted(channel));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, code, message), Say.error(3, code, message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"presence", "presence_stats"})
    void shouldLetSubscribersAskButNotTheAnonymous(String method) {
        // Given
        TestClient anonymous = carillon.connectAnonymously();
        alice.sends(Say.subscribe(2, "members:1"));
        anonymous.sends(Say.subscribe(2, "members:1"));
        alice.received();
        anonymous.received();

        // When
        String ask = "{\"id\":3,\"%s\":{\"channel\":\"members:1\"}}".formatted(method);
        alice.sends(ask);
        anonymous.sends(ask);

        // Then
        assertThat(alice.received()).singleElement().asString().startsWith("{\"id\":3,\"" + method + "\":");
        assertThat(anonymous.received()).containsExactly(Say.error(3, 103, "permission denied"));
    }

    @Test
    void shouldShowAUserWithAllItsConnectionsAndCountBoth() {
        // Given
        TestClient phone = carillon.connect("alice");
        TestClient bob = carillon.connect("bob");
        phone.sends(Say.subscribe(2, "room:1"));
        bob.sends(Say.subscribe(2, "room:1"));
        alice.sends(Say.subscribe(2, "room:1"));
        alice.received();

        // When
        alice.sends(
                "{\"id\":3,\"presence\":{\"channel\":\"room:1\"}}",
                "{\"id\":4,\"presence_stats\":{\"channel\":\"room:1\"}}");

        // Then
        assertThat(alice.received())
                .satisfiesExactly(
                        presence -> assertThat(presence)
                                .contains(present(alice, "alice"), present(phone, "alice"), present(bob, "bob")),
                        stats -> assertThat(stats)
                                .isEqualTo("{\"id\":4,\"presence_stats\":{\"num_clients\":3,\"num_users\":2}}"));
    }

    @Test
    void shouldShowNobodyInAnEmptyChannel() {
        // When
        alice.sends(
                "{\"id\":3,\"presence\":{\"channel\":\"room:1\"}}",
                "{\"id\":4,\"presence_stats\":{\"channel\":\"room:1\"}}");

        // Then
        assertThat(alice.received())
                .containsExactly(
                        "{\"id\":3,\"presence\":{\"presence\":{}}}",
                        "{\"id\":4,\"presence_stats\":{\"num_clients\":0,\"num_users\":0}}");
    }

    @Test
    void shouldRefuseWith106APresenceThatNoMessageCanHold() {
        // Given
        RawJson large = RawJson.of("\"" + "x".repeat(20_000) + "\"");
        for (int i = 0; i < 7; i++) {
            TestClient one = carillon.open();
            one.sends(Say.connect(
                    carillon.tokens().connection("user" + i).info(large).sign()));
            one.sends(Say.subscribe(2, "room:1"));
        }

        // When
        alice.sends(
                "{\"id\":3,\"presence\":{\"channel\":\"room:1\"}}",
                "{\"id\":4,\"presence_stats\":{\"channel\":\"room:1\"}}");

        // Then
        assertThat(alice.received())
                .containsExactly(
                        Say.error(3, 106, "limit exceeded"),
                        "{\"id\":4,\"presence_stats\":{\"num_clients\":7,\"num_users\":7}}");
    }

    private static String present(TestClient client, String user) {
        return "\"%1$s\":{\"user\":\"%2$s\",\"client\":\"%1$s\"}".formatted(client.client(), user);
    }
}
