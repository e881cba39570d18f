package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTest {

    private static final String CHANNELS = """
            "namespaces":[
             {"name":"log","history_size":5,"history_ttl":"60s","allow_history_for_client":true},
             {"name":"big","history_size":50,"history_ttl":"60s","allow_history_for_client":true},
             {"name":"members","history_size":5,"history_ttl":"60s","allow_history_for_subscriber":true,
              "allow_subscribe_for_client":true,"allow_subscribe_for_anonymous":true},
             {"name":"closed","history_size":5,"history_ttl":"60s"},
             {"name":"none"}]""";

    private final TestCarillon carillon = TestCarillon.with(
            "\"allow_anonymous_connect_without_token\":true,\"history_max_publication_limit\":4", CHANNELS);
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
        alice.sends(history(channel, "\"limit\":1"));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, code, message));
    }

    @Test
    void shouldLetSubscribersReadButNotTheAnonymous() {
        // Given
        TestClient anonymous = carillon.connectAnonymously();
        alice.sends(Say.subscribe(3, "members:1"));
        anonymous.sends(Say.subscribe(3, "members:1"));
        alice.received();
        anonymous.received();

        // When
        alice.sends(history("members:1", "\"limit\":1"));
        anonymous.sends(history("members:1", "\"limit\":1"));

        // Then
        assertThat(alice.received()).singleElement().asString().contains("\"publications\":[]");
        assertThat(anonymous.received()).containsExactly(Say.error(2, 103, "permission denied"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"limit\":0 | '' ",
                "\"limit\":2 | 3 4",
                "\"limit\":-1 | 3 4 5 6",
                "\"limit\":99 | 3 4 5 6",
                "\"limit\":2,\"reverse\":true | 7 6",
                "\"limit\":-1,\"since\":{\"offset\":5,\"epoch\":\"epoch1\"} | 6 7",
                "\"limit\":-1,\"since\":{\"offset\":7,\"epoch\":\"epoch1\"} | ''",
                "\"limit\":-1,\"since\":{\"offset\":5,\"epoch\":\"epoch1\"},\"reverse\":true | 4 3",
            })
    void shouldGiveThePublicationsAskedFor(String members, String offsets) {
        // Given
        publish("log:1", 7, "1");

        // When
        alice.sends(history("log:1", members));

        // Then
        String reply = alice.received().getFirst();
        assertThat(offsets(reply)).isEqualTo(offsets);
        assertThat(reply).startsWith("{\"id\":2,\"history\":").endsWith(",\"epoch\":\"epoch1\",\"offset\":7}}");
    }

    @Test
    void shouldRefuseWith112WhenThePositionIsOfAnotherEpoch() {
        // Given
        publish("log:1", 1, "1");

        // When
        alice.sends(history("log:1", "\"limit\":1,\"since\":{\"offset\":1,\"epoch\":\"other\"}"));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 112, "unrecoverable position"));
    }

    @Test
    void shouldLeaveOutWhatIsTooOld() {
        // Given
        publish("log:1", 1, "1");
        carillon.clock().advance(Duration.ofSeconds(40));
        publish("log:1", 1, "2");
        carillon.clock().advance(Duration.ofSeconds(40));

        // When
        alice.sends(history("log:1", "\"limit\":-1"));

        // Then
        assertThat(offsets(alice.received().getFirst())).isEqualTo("2");
    }

    @Test
    void shouldLeaveForTheNextCallWhatDoesNotFitOneMessage() {
        // Given
        publish("big:1", 4, "\"" + "x".repeat(50_000) + "\"");

        // When
        alice.sends(history("big:1", "\"limit\":-1"))
                .sends(history("big:1", "\"limit\":-1,\"since\":{\"offset\":2,\"epoch\":\"epoch1\"}"));

        // Then
        assertThat(alice.received()).extracting(HistoryTest::offsets).containsExactly("1 2", "3 4");
    }

    @Test
    void shouldGiveThePublicationThatJustFitsAndRefuseTheOneThatDoesNotWith106() {
        // Given
        publish("big:1", 1, "\"" + "x".repeat(128 * 1024 - 150) + "\"");
        int size = 128 * 1024;
        while (carillon.api("publish", large(size)).contains("error")) {
            size--;
        }

        // When
        alice.sends(history("big:1", "\"limit\":-1")).sends(history("big:2", "\"limit\":-1"));

        // Then
        assertThat(alice.received())
                .satisfiesExactly(
                        fits -> assertThat(offsets(fits)).isEqualTo("1"),
                        tooLarge -> assertThat(tooLarge).isEqualTo(Say.error(2, 106, "limit exceeded")));
    }

    private void publish(String channel, int count, String data) {
        for (int i = 0; i < count; i++) {
            assertThat(carillon.api("publish", "{\"channel\":\"%s\",\"data\":%s}".formatted(channel, data)))
                    .contains("\"result\"");
        }
    }

    private static String large(int size) {
        return "{\"channel\":\"big:2\",\"data\":\"%s\"}".formatted("x".repeat(size));
    }

    private static String history(String channel, String members) {
        return "{\"id\":2,\"history\":{\"channel\":\"%s\",%s}}".formatted(channel, members);
    }

    private static String offsets(String reply) {
        String publications = reply.substring(0, reply.indexOf("],\"epoch\""));
        return Pattern.compile("\"offset\":(\\d+)")
                .matcher(publications)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining(" "));
    }
}
