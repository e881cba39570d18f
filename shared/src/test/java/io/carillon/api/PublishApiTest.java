package io.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishApiTest {

    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true},
            "namespaces":[
             {"name":"log","history_size":10,"history_ttl":"60s","allow_subscribe_for_client":true},
             {"name":"objects","publication_data_format":"json_object"}]""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);

    @Test
    void shouldGiveThePositionInAChannelWithHistory() {
        // When
        String first = publish("{\"channel\":\"log:1\",\"data\":1}");
        String second = publish("{\"channel\":\"log:1\",\"data\":2}");
        String without = publish("{\"channel\":\"news\",\"data\":1}");

        // Then
        assertThat(List.of(first, second, without))
                .containsExactly(
                        "{\"result\":{\"offset\":1,\"epoch\":\"epoch1\"}}",
                        "{\"result\":{\"offset\":2,\"epoch\":\"epoch1\"}}",
                        "{\"result\":{}}");
    }

    @Test
    void shouldDeliverDataTagsAndNoInfo() {
        // Given
        TestClient alice = subscriber("log:1");

        // When
        publish("{\"channel\":\"log:1\",\"data\":{\"b\": 1.10, \"a\":1e2},\"tags\":{\"kind\":\"x\"}}");

        // Then
        assertThat(alice.received())
                .singleElement()
                .asString()
                .startsWith("{\"push\":{\"channel\":\"log:1\",\"pub\":{\"data\":{\"b\": 1.10, \"a\":1e2},\"offset\":1,"
                        + "\"tags\":{\"kind\":\"x\"},\"time\":");
    }

    @Test
    void shouldDecodeDataInBase64() {
        // Given
        TestClient alice = subscriber("news");
        String encoded = Base64.getEncoder().encodeToString("{\"n\": 1.0}".getBytes(StandardCharsets.UTF_8));

        // When
        publish("{\"channel\":\"news\",\"b64data\":\"" + encoded + "\",\"data\":0}");

        // Then
        assertThat(alice.received()).singleElement().asString().contains("\"data\":{\"n\": 1.0},");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bm90IGpzb24=", "###"})
    void shouldRefuseBase64ThatHoldsNoJsonWith107(String encoded) {
        // When
        String answer = publish("{\"channel\":\"news\",\"b64data\":\"" + encoded + "\"}");

        // Then
        assertThat(answer).startsWith("{\"error\":{\"code\":107,\"message\":\"bad request: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":1} | 107",
                "{\"channel\":\"\",\"data\":1} | 107",
                "{\"channel\":\"news\"} | 107",
                "{\"channel\":\"objects:1\",\"data\":[1]} | 107",
                "{\"channel\":\"n\u00e9ws\",\"data\":1} | 107",
                "{\"channel\":\"nowhere:1\",\"data\":1} | 102",
                "{\"channel\":\"news\",\"data\":1,\"version\":3} | 107"
            })
    void shouldRefuseWithTheErrorThatFits(String body, int code) {
        // When
        String answer = publish(body);

        // Then
        assertThat(answer).startsWith("{\"error\":{\"code\":" + code + ",");
    }

    @Test
    void shouldRefuseWith106WhatNoMessageCanHold() {
        // When
        String answer = publish("{\"channel\":\"log:1\",\"data\":\"" + "x".repeat(128 * 1024) + "\"}");

        // Then
        assertThat(answer).isEqualTo("{\"error\":{\"code\":106,\"message\":\"limit exceeded\"}}");
    }

    @Test
    void shouldAnswer100WhenTheMailboxFails() {
        // Given
        subscriber("log:1");
        carillon.mailboxes().fail(true);

        // When
        String answer = publish("{\"channel\":\"log:1\",\"data\":1}");

        // Then
        assertThat(answer).isEqualTo("{\"error\":{\"code\":100,\"message\":\"internal server error\"}}");
    }

    @Test
    void shouldPublishOnceWithAnIdempotencyKeyForFiveMinutes() {
        // Given
        TestClient alice = subscriber("log:1");
        String body = "{\"channel\":\"log:1\",\"data\":1,\"idempotency_key\":\"k\"}";

        // When
        String first = publish(body);
        String repeat = publish(body);
        carillon.clock().advance(Duration.ofMinutes(6));
        String later = publish(body);

        // Then
        assertThat(repeat).isEqualTo(first).isEqualTo("{\"result\":{\"offset\":1,\"epoch\":\"epoch1\"}}");
        assertThat(later).isEqualTo("{\"result\":{\"offset\":2,\"epoch\":\"epoch1\"}}");
        assertThat(alice.received()).hasSize(2);
    }

    @Test
    void shouldSendAgainWhatDidNotReachTheMailboxesTheFirstTime() {
        // Given
        TestClient alice = subscriber("log:1");
        String body = "{\"channel\":\"log:1\",\"data\":1,\"idempotency_key\":\"k\"}";
        carillon.mailboxes().fail(true);
        String failed = publish(body);
        carillon.mailboxes().fail(false);

        // When
        String repeat = publish(body);

        // Then
        assertThat(failed).contains("\"code\":100");
        assertThat(repeat).isEqualTo("{\"result\":{\"offset\":1,\"epoch\":\"epoch1\"}}");
        assertThat(alice.received()).singleElement().asString().contains("\"offset\":1");
    }

    @Test
    void shouldDeliverOnlyAndKeepNothingWhenHistoryIsSkipped() {
        // Given
        TestClient alice = subscriber("log:1");

        // When
        String answer = publish("{\"channel\":\"log:1\",\"data\":1,\"skip_history\":true}");

        // Then
        assertThat(answer).isEqualTo("{\"result\":{}}");
        assertThat(alice.received()).singleElement().asString().contains("\"data\":1");
        assertThat(carillon.api("history", "{\"channel\":\"log:1\",\"limit\":-1}"))
                .contains("\"publications\":[]");
    }

    @Test
    void shouldAnswerABroadcastInTheOrderOfItsChannels() {
        // Given
        String channels = IntStream.range(0, 100)
                .mapToObj(n -> n % 10 == 3 ? "\"nowhere:1\"" : "\"log:" + n + "\"")
                .collect(Collectors.joining(","));
        publish("{\"channel\":\"log:7\",\"data\":0}");

        // When
        String answer = carillon.api("broadcast", "{\"channels\":[" + channels + "],\"data\":1}");

        // Then
        List<String> responses = List.of(
                answer.substring("{\"result\":{\"responses\":[".length()).split("(?<=\\}\\}),"));
        assertThat(responses).hasSize(100);
        assertThat(responses.get(3)).isEqualTo("{\"error\":{\"code\":102,\"message\":\"unknown channel\"}}");
        assertThat(responses.get(7)).contains("\"offset\":2");
        assertThat(responses.get(8)).contains("\"offset\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":1}", "{\"channels\":[],\"data\":1}"})
    void shouldRefuseABroadcastToNobodyWith107(String body) {
        // When
        String answer = carillon.api("broadcast", body);

        // Then
        assertThat(answer).startsWith("{\"error\":{\"code\":107,");
    }

    @Test
    void shouldRefuseEachBlankChannelOfABroadcastByItself() {
        // When
        String answer = carillon.api("broadcast", "{\"channels\":[\"\",\"news\"],\"data\":1}");

        // Then
        assertThat(answer)
                .isEqualTo("{\"result\":{\"responses\":[{\"error\":{\"code\":107,"
                        + "\"message\":\"bad request: channel is required\"}},{\"result\":{}}]}}");
    }

    private TestClient subscriber(String channel) {
        TestClient client = carillon.connect("alice");
        client.sends(Say.subscribe(2, channel));
        client.received();
        return client;
    }

    private String publish(String body) {
        return carillon.api("publish", body);
    }
}
