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

class PublishTest {

    private static final String DENIED = Say.error(2, 103, "permission denied");
    private static final String DONE = Say.done(2, "publish");
    private static final String CHANNELS = """
            "namespaces":[
             {"name":"open","allow_publish_for_client":true,"allow_subscribe_for_client":true,
              "history_size":10,"history_ttl":"60s"},
             {"name":"members","allow_publish_for_subscriber":true,"allow_subscribe_for_client":true,
              "allow_subscribe_for_anonymous":true},
             {"name":"all","allow_publish_for_client":true,"allow_publish_for_anonymous":true},
             {"name":"closed","allow_subscribe_for_client":true},
             {"name":"objects","allow_publish_for_client":true,"publication_data_format":"json_object"}]""";

    private final TestCarillon carillon = TestCarillon.with("\"allow_anonymous_connect_without_token\":true", CHANNELS);
    private final TestClient alice = carillon.connect("alice");

    @Test
    void shouldPublishWhereTheNamespaceLetsUsers() {
        // When
        alice.sends(Say.publish(2, "open:1", "1")).sends(Say.publish(3, "closed:1", "1"));

        // Then
        assertThat(alice.received()).containsExactly(DONE, Say.error(3, 103, "permission denied"));
    }

    @Test
    void shouldNameThePublisherAsItsSubscriptionDoes() {
        // Given
        String token = carillon.tokens()
                .subscription("alice", "open:1")
                .claim("info", RawJson.of("{\"role\":1.0}"))
                .sign();
        alice.sends(Say.publish(2, "open:1", "1"))
                .sends(Say.subscribe(3, "open:1", "\"token\":\"" + token + "\""))
                .sends(Say.publish(4, "open:1", "2"))
                .sends(Say.unsubscribe(5, "open:1"))
                .sends(Say.publish(6, "open:1", "3"));

        // When
        String history = carillon.api("history", "{\"channel\":\"open:1\",\"limit\":10}");

        // Then
        String info = "\"info\":{\"user\":\"alice\",\"client\":\"" + alice.client() + "\"";
        assertThat(history.replaceAll(",\"time\":\\d+", ""))
                .contains("{\"data\":1," + info + "}")
                .contains("{\"data\":2," + info + ",\"chan_info\":{\"role\":1.0}}")
                .contains("{\"data\":3," + info + "}");
    }

    @Test
    void shouldPublishOnlyWhileSubscribedWhereTheNamespaceLetsSubscribers() {
        // When
        alice.sends(Say.publish(2, "members:1", "1"))
                .sends(Say.subscribe(3, "members:1"), Say.publish(4, "members:1", "2"))
                .sends(Say.unsubscribe(5, "members:1"), Say.publish(6, "members:1", "3"));

        // Then
        assertThat(alice.received())
                .contains(
                        DENIED,
                        Say.done(4, "publish"),
                        Say.done(5, "unsubscribe"),
                        Say.error(6, 103, "permission denied"));
    }

    @Test
    void shouldLetTheAnonymousPublishOnlyWhereAllowed() {
        // Given
        TestClient anonymous = carillon.connectAnonymously();
        anonymous.sends(Say.subscribe(9, "members:1"));
        anonymous.received();

        // When
        anonymous
                .sends(Say.publish(2, "open:1", "1"))
                .sends(Say.publish(2, "members:1", "1"))
                .sends(Say.publish(2, "all:1", "1"));

        // Then
        assertThat(anonymous.received()).containsExactly(DENIED, DENIED, DONE);
    }

    @Test
    void shouldLetEverybodyPublishWhenInsecure() {
        // Given
        TestClient anyone = TestCarillon.with("\"insecure\":true", CHANNELS).connectAnonymously();

        // When
        anyone.sends(Say.publish(2, "closed:1", "1"));

        // Then
        assertThat(anyone.received()).containsExactly(DONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere:1 | 1 | 102 | unknown channel",
                "n\u00e9ws | 1 | 107 | bad request",
                "objects:1 | [1] | 107 | bad request",
                "objects:1 | null | 107 | bad request",
            })
    void shouldRefuseWithTheErrorThatFits(String channel, String data, int code, String message) {
        // When
        alice.sends(Say.publish(2, channel, data));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, code, message));
    }

    @Test
    void shouldRefuseWhatHasNoDataBeforeAskingForRights() {
        // When
        alice.sends("{\"id\":2,\"publish\":{\"channel\":\"closed:1\"}}");

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 107, "bad request"));
    }

    @Test
    void shouldRefuseMapPublishWith108() {
        // When
        alice.sends("{\"id\":2,\"publish\":{\"channel\":\"open:1\",\"data\":1,\"type\":1,\"key\":\"k\"}}");

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 108, "not available"));
    }

    @Test
    void shouldRefuseWith106WhatNoMessageCanHold() {
        // When
        alice.sends(Say.publish(2, "open:1", "\"" + "x".repeat(128 * 1024) + "\""));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 106, "limit exceeded"));
        assertThat(carillon.api("history", "{\"channel\":\"open:1\",\"limit\":-1}"))
                .contains("\"publications\":[]");
    }

    @Test
    void shouldHoldInHistoryWhatWasAnswered() {
        // When
        alice.sends(Say.publish(2, "open:1", "{\"n\":1}"));

        // Then
        assertThat(alice.received()).containsExactly(DONE);
        assertThat(carillon.api("history", "{\"channel\":\"open:1\",\"limit\":-1}"))
                .isEqualTo("{\"result\":{\"publications\":[{\"data\":{\"n\":1},\"info\":"
                        + "{\"user\":\"alice\",\"client\":\"%s\"},\"offset\":1}],\"epoch\":\"epoch1\",\"offset\":1}}"
                                .formatted(alice.client()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"z\":1.0,\"a\":1e3, \"n\" : 10000000000000000000001 }",
                "[ 1 , -0.0 ]",
                "\"\\u00e9\\/\"",
                "{\"a\":1,\"a\":2}",
                "null",
                "\"{}\\n\"",
                "{\"text\":\"h\u00e9llo \uD83D\uDD14\"}"
            })
    void shouldPassPayloadsOnByteForByte(String data) {
        // Given
        TestClient bob = carillon.connect("bob");
        bob.sends(Say.subscribe(2, "open:1"));
        bob.received();

        // When
        alice.sends(Say.publish(2, "open:1", data));

        // Then
        String pub = "{\"push\":{\"channel\":\"open:1\",\"pub\":{\"data\":" + data + ",\"info\":";
        assertThat(bob.received()).singleElement().asString().startsWith(pub);
        alice.received();
        alice.sends(Say.subscribe(3, "open:1"));
        assertThat(carillon.api("history", "{\"channel\":\"open:1\",\"limit\":-1}"))
                .contains("\"data\":" + data + ",");
    }

    @Test
    void shouldTurnLineBreaksBetweenTokensIntoSpaces() {
        // Given
        TestClient bob = carillon.connect("bob");
        bob.sends(Say.subscribe(2, "open:1"));
        bob.received();

        // When
        alice.sends(Say.publish(2, "open:1", "{\n\"a\":\r\n1}"));

        // Then
        assertThat(bob.received()).singleElement().asString().contains("\"data\":{ \"a\":  1},");
    }

    @Test
    void shouldSayWhoPublishes() {
        // Given
        TestClient carol = carillon.open();
        carol.sends(Say.connect(carillon.tokens()
                .connection("carol")
                .info(RawJson.of("{\"name\": \"C\"}"))
                .sign()));
        alice.sends(Say.subscribe(2, "open:1"));
        alice.received();

        // When
        carol.sends(Say.publish(2, "open:1", "1"));

        // Then
        assertThat(alice.received())
                .singleElement()
                .asString()
                .startsWith("{\"push\":{\"channel\":\"open:1\",\"pub\":{\"data\":1,\"info\":{\"user\":\"carol\","
                        + "\"client\":\"%s\",\"conn_info\":{\"name\": \"C\"}},\"offset\":1,\"time\":"
                                .formatted(carol.client()));
    }

    @Test
    void shouldAnswerTemporaryError100WhenTheMailboxFails() {
        // Given
        alice.sends(Say.subscribe(2, "open:1"));
        alice.received();
        carillon.mailboxes().fail(true);

        // When
        alice.sends(Say.publish(3, "open:1", "1"));

        // Then
        assertThat(alice.received()).containsExactly(Say.temporary(3, 100, "internal server error"));
    }
}
