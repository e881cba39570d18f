package io.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.aws.HttpAnswer;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading channels, batches, and requests in the older form. */
class ChannelApiTest {

    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true},
            "namespaces":[
             {"name":"log","history_size":5,"history_ttl":"60s","allow_subscribe_for_client":true},
             {"name":"room","presence":true,"allow_subscribe_for_client":true}]""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);

    @Test
    void shouldSayWhoIsThereAndHowMany() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "room:1"));
        carillon.connect("alice").sends(Say.subscribe(2, "room:1"));

        // When
        String presence = carillon.api("presence", "{\"channel\":\"room:1\"}");
        String stats = carillon.api("presence_stats", "{\"channel\":\"room:1\"}");

        // Then
        assertThat(presence)
                .startsWith("{\"result\":{\"presence\":{")
                .contains("\"%1$s\":{\"user\":\"alice\",\"client\":\"%1$s\"}".formatted(alice.client()));
        assertThat(stats).isEqualTo("{\"result\":{\"num_clients\":2,\"num_users\":1}}");
    }

    @Test
    void shouldReadAndRemoveHistory() {
        // Given
        for (int n = 1; n <= 3; n++) {
            carillon.api("publish", "{\"channel\":\"log:1\",\"data\":%d,\"tags\":{\"n\":\"%d\"}}".formatted(n, n));
        }

        // When
        String position = carillon.api("history", "{\"channel\":\"log:1\"}");
        String newest = carillon.api("history", "{\"channel\":\"log:1\",\"limit\":1,\"reverse\":true}");
        String since = carillon.api(
                "history", "{\"channel\":\"log:1\",\"limit\":-1,\"since\":{\"offset\":2,\"epoch\":\"epoch1\"}}");
        String removed = carillon.api("history_remove", "{\"channel\":\"log:1\"}");
        String after = carillon.api("history", "{\"channel\":\"log:1\",\"limit\":-1}");

        // Then
        String third = "{\"data\":3,\"offset\":3,\"tags\":{\"n\":\"3\"}}";
        assertThat(position).isEqualTo("{\"result\":{\"publications\":[],\"epoch\":\"epoch1\",\"offset\":3}}");
        assertThat(newest)
                .isEqualTo("{\"result\":{\"publications\":[" + third + "],\"epoch\":\"epoch1\",\"offset\":3}}")
                .isEqualTo(since);
        assertThat(removed).isEqualTo("{\"result\":{}}");
        assertThat(after).isEqualTo(position);
    }

    @Test
    void shouldRefuseAPositionOfAnotherEpochWith112() {
        // When
        String answer = carillon.api(
                "history", "{\"channel\":\"log:1\",\"limit\":1,\"since\":{\"offset\":2,\"epoch\":\"other\"}}");

        // Then
        assertThat(answer).isEqualTo("{\"error\":{\"code\":112,\"message\":\"unrecoverable position\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "presence, log:1, 108",
        "presence_stats, log:1, 108",
        "history, room:1, 108",
        "history_remove, room:1, 108",
        "presence, nowhere:1, 102",
        "presence_stats, nowhere:1, 102",
        "history, nowhere:1, 102",
        "history_remove, nowhere:1, 102",
        "presence, '', 107",
        "presence_stats, '', 107",
        "history, '', 107",
        "history_remove, '', 107"
    })
    void shouldRefuseWithTheErrorThatFits(String method, String channel, int code) {
        // When
        String answer = carillon.api(method, "{\"channel\":\"" + channel + "\"}");

        // Then
        assertThat(answer).startsWith("{\"error\":{\"code\":" + code + ",");
    }

    @Test
    void shouldListTheChannelsThatHaveSubscribers() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "room:1"), Say.subscribe(3, "room:2"), Say.subscribe(4, "news"));
        carillon.connect("bob").sends(Say.subscribe(2, "room:1"));
        alice.sends(Say.unsubscribe(5, "room:2"));

        // When
        String all = carillon.api("channels", "{}");
        String some = carillon.api("channels", "{\"pattern\":\"room:*\"}");
        String dots = carillon.api("channels", "{\"pattern\":\"r..m:1\"}");

        // Then
        assertThat(all)
                .isEqualTo("{\"result\":{\"channels\":{\"news\":{\"num_clients\":1},\"room:1\":{\"num_clients\":2}}}}");
        assertThat(some).isEqualTo("{\"result\":{\"channels\":{\"room:1\":{\"num_clients\":2}}}}");
        assertThat(dots).isEqualTo("{\"result\":{\"channels\":{}}}");
    }

    @Test
    void shouldDescribeTheDeploymentAsOneNode() {
        // Given
        carillon.connect("alice").sends(Say.subscribe(2, "news"), Say.subscribe(3, "room:1"));
        carillon.connect("alice").sends(Say.subscribe(2, "news"));
        carillon.open();

        // When
        String info = carillon.api("info", "{}");

        // Then
        assertThat(info)
                .isEqualTo("{\"result\":{\"nodes\":[{\"uid\":\"carillon\",\"name\":\"carillon\",\"version\":\"0.1.0\","
                        + "\"num_clients\":2,\"num_users\":1,\"num_channels\":2,\"num_subs\":3}]}}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAnswerEachCommandOfABatchInItsPlace(boolean parallel) {
        // When
        String answer = carillon.api("batch", """
                {"parallel":%s,"commands":[
                 {"publish":{"channel":"log:1","data":1}},
                 {"publish":{"channel":"nowhere:1","data":1}},
                 {"dance":{}},
                 {"broadcast":{"channels":["log:2","log:3"],"data":1}},
                 {"presence_stats":{"channel":"room:1"}},
                 {}]}""".formatted(parallel));

        // Then
        assertThat(answer.replaceAll("epoch\\d", "e")).isEqualTo("""
                {"replies":[{"publish":{"offset":1,"epoch":"e"}},\
                {"error":{"code":102,"message":"unknown channel"}},\
                {"error":{"code":104,"message":"not found"}},\
                {"broadcast":{"responses":[{"result":{"offset":1,"epoch":"e"}},{"result":{"offset":1,"epoch":"e"}}]}},\
                {"presence_stats":{"num_clients":0,"num_users":0}},\
                {"error":{"code":104,"message":"not found"}}]}""");
    }

    @Test
    void shouldRefuseOnlyTheCommandOfABatchThatIsWronglyTyped() {
        // When
        String answer = carillon.api("batch", """
                {"commands":[{"publish":{"channel":5}},7,{"publish":{"channel":"log:1","data":1}}]}""");

        // Then
        assertThat(answer)
                .startsWith("{\"replies\":[{\"error\":{\"code\":107,\"message\":\"bad request: ")
                .contains("}},{\"error\":{\"code\":107,")
                .endsWith(",{\"publish\":{\"offset\":1,\"epoch\":\"epoch1\"}}]}");
    }

    @Test
    void shouldCarryOutABatchInOrderUnlessParallel() {
        // Given
        String publish = "{\"publish\":{\"channel\":\"log:1\",\"data\":1}}";

        // When
        String answer = carillon.api(
                "batch",
                "{\"commands\":[" + publish + "," + publish + ",{\"history\":{\"channel\":\"log:1\"}}," + publish
                        + "]}");

        // Then
        assertThat(answer)
                .isEqualTo("{\"replies\":[{\"publish\":{\"offset\":1,\"epoch\":\"epoch1\"}},"
                        + "{\"publish\":{\"offset\":2,\"epoch\":\"epoch1\"}},"
                        + "{\"history\":{\"publications\":[],\"epoch\":\"epoch1\",\"offset\":2}},"
                        + "{\"publish\":{\"offset\":3,\"epoch\":\"epoch1\"}}]}");
    }

    @Test
    void shouldAnswerRequestsInTheOlderForm() {
        // When
        HttpAnswer answer = legacy("""
                {"method":"publish","params":{"channel":"log:1","data":{"n": 1.0}}}
                {"id":7,
                 "method":"PUBLISH","params":{"channel":"nowhere:1","data":1}}{"method":"info"}""");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().lines())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("{\"result\":{\"offset\":1,\"epoch\":\"epoch1\"}}"),
                        second -> assertThat(second)
                                .isEqualTo("{\"id\":7,\"error\":{\"code\":102,\"message\":\"unknown channel\"}}"),
                        third -> assertThat(third).startsWith("{\"result\":{\"nodes\":["));
        assertThat(carillon.api("history", "{\"channel\":\"log:1\",\"limit\":-1}"))
                .contains("\"data\":{\"n\": 1.0},");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "not json", "{\"method\":\"publish\",\"params\":{}}\n{", "[]", "{\"method\":1}"})
    void shouldAnswer400InTheOlderFormWhenAnyOfItCannotBeRead(String body) {
        // When
        HttpAnswer answer = legacy(body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseOnlyTheLineInTheOlderFormWhoseParamsAreWronglyTyped() {
        // When
        HttpAnswer answer =
                legacy("{\"id\":1,\"method\":\"publish\",\"params\":{\"channel\":5}}\n{\"id\":2,\"method\":\"info\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("{\"id\":1,\"error\":{\"code\":107,"),
                        second -> assertThat(second).startsWith("{\"id\":2,\"result\":{\"nodes\":["));
    }

    @Test
    void shouldRefuseAnUnknownMethodInTheOlderFormWith104() {
        // When
        HttpAnswer answer = legacy("{\"method\":\"dance\",\"params\":{}}\n{\"params\":{}}");

        // Then
        assertThat(answer.body().lines()).containsOnly("{\"error\":{\"code\":104,\"message\":\"not found\"}}");
    }

    @Test
    void shouldCountNobodyWhoseRowsHaveExpired() {
        // Given
        carillon.connect("alice");

        // When
        carillon.clock().advance(Duration.ofHours(4));

        // Then
        assertThat(carillon.api("info", "{}")).contains("\"num_clients\":0,\"num_users\":0,");
    }

    private HttpAnswer legacy(String body) {
        return carillon.http("/api", Map.of("x-api-key", TestCarillon.KEY), Map.of(), body);
    }
}
