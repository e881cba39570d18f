package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Connections;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.metrics.Measure;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatTest {

    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true,"presence":true,"join_leave":true,
             "force_push_join_leave":true},
            "namespaces":[{"name":"log","history_size":10,"history_ttl":"10m","force_recovery":true,
             "allow_subscribe_for_client":true}]""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);

    @Test
    void shouldPingEachConnectionOnceInSevenMinutesWhateverItsSlot() {
        // Given
        List<TestClient> clients = clients(60);

        // When
        carillon.pass(Duration.ofMinutes(Connections.SLOTS));

        // Then
        assertThat(clients).allSatisfy(client -> assertThat(client.received()).containsExactly("{}"));
    }

    @Test
    void shouldSpreadThePingsOverTheMinutes() {
        // Given
        clients(60);

        // When
        List<Integer> perMinute = new ArrayList<>();
        for (int minute = 0; minute < Connections.SLOTS; minute++) {
            carillon.poster().clear();
            carillon.carillon().heartbeat().beat(Instant.ofEpochSecond(minute * 60L));
            perMinute.add((int) carillon.connections().ids().stream()
                    .filter(id -> carillon.poster().attempts(id) > 0)
                    .count());
        }

        // Then
        assertThat(perMinute).allMatch(pinged -> pinged > 0);
        assertThat(perMinute.stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
    }

    @Test
    void shouldCountEachOpenConnectionOnceInARound() {
        // Given
        List<TestClient> clients = clients(60);
        carillon.poster().answer(clients.getFirst().id(), Outcome.GONE);

        // When
        carillon.pass(Duration.ofMinutes(Heartbeat.minutesPerRound(Duration.ofMinutes(8))));

        // Then
        assertThat(carillon.metrics().of(Measure.CONNECTIONS_PINGED)).isEqualTo(59);
    }

    @ParameterizedTest
    @CsvSource({"480s, 480", "300s, 300", "120s, 120", "540s, 540", "60s, 70"})
    void shouldPingWithinTheIntervalThatClientsAreTold(String interval, int seconds) {
        // Given
        TestCarillon other =
                TestCarillon.with("", CHANNELS, java.util.Map.of(), "\"ping_interval\":\"" + interval + "\"");
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            clients.add(other.connect("user" + i));
        }

        // When
        List<List<Integer>> minutes = new ArrayList<>();
        clients.forEach(client -> minutes.add(new ArrayList<>(List.of(0))));
        for (int minute = 1; minute <= 30; minute++) {
            other.pass(Duration.ofMinutes(1));
            for (int i = 0; i < clients.size(); i++) {
                if (clients.get(i).received().contains("{}")) {
                    minutes.get(i).add(minute);
                }
            }
        }

        // Then
        assertThat(minutes).allSatisfy(pinged -> {
            for (int i = 1; i < pinged.size(); i++) {
                assertThat((pinged.get(i) - pinged.get(i - 1)) * 60).isLessThan(seconds);
            }
            assertThat((30 - pinged.getLast()) * 60).isLessThan(seconds);
        });
    }

    @Test
    void shouldServeTheMinuteItWasScheduledForWhenItComesLate() {
        // Given
        List<TestClient> clients = clients(30);
        Instant start = carillon.clock().instant();

        // When
        carillon.clock().advance(Duration.ofMinutes(5));
        for (int minute = 0; minute < Connections.SLOTS; minute++) {
            carillon.carillon().heartbeat().beat(start.plusSeconds(60L * minute));
        }

        // Then
        assertThat(clients)
                .allSatisfy(client ->
                        assertThat(carillon.poster().lines(client.id())).containsExactly("{}"));
    }

    @Test
    void shouldDeliverWhatAPublisherThatDiedLeftInTheHistory() {
        // Given
        TestCarillon kept = TestCarillon.with("", """
                "without_namespace":{"allow_subscribe_for_client":true,"history_size":10,"history_ttl":"1h"}""");
        TestClient alice = kept.connect("alice");
        alice.sends(Say.subscribe(2, "room"));
        alice.received();
        kept.mailboxes().fail(true);
        kept.api("publish", "{\"channel\":\"room\",\"data\":7}");
        kept.mailboxes().fail(false);

        // When
        kept.pass(Duration.ofMinutes(Connections.SLOTS));

        // Then
        assertThat(alice.received())
                .filteredOn(line -> line.contains("\"pub\""))
                .singleElement()
                .asString()
                .contains("\"offset\":1");
    }

    @Test
    void shouldForgetConnectionsThatAreGoneAndTellTheOthersThatTheyLeft() {
        // Given
        TestClient alice = carillon.connect("alice");
        TestClient bob = carillon.connect("bob");
        bob.sends(Say.subscribe(2, "room"));
        alice.sends(Say.subscribe(2, "room"));
        String gone = bob.client();
        alice.received();

        // When
        carillon.poster().answer(bob.id(), Outcome.GONE);
        carillon.pass(Duration.ofMinutes(Connections.SLOTS));

        // Then
        assertThat(alice.received())
                .contains("{\"push\":{\"channel\":\"room\",\"leave\":{\"info\":{\"user\":\"bob\",\"client\":\"%s\"}}}}"
                        .formatted(gone));
        assertThat(carillon.connections().find(bob.id())).isEmpty();
        assertThat(carillon.api("presence_stats", "{\"channel\":\"room\"}")).contains("\"num_clients\":1");
    }

    @Test
    void shouldKeepConnectionsThatAreOnlySlow() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.poster().answer(alice.id(), Outcome.BACKED_UP);

        // When
        carillon.pass(Duration.ofMinutes(Connections.SLOTS));

        // Then
        assertThat(carillon.connections().find(alice.id())).isPresent();
        assertThat(alice.isClosed()).isFalse();
    }

    @Test
    void shouldNotLetOneConnectionThatCannotBeForgottenKeepTheOthersWaiting() {
        // Given
        List<TestClient> clients = clients(20);
        clients.forEach(client -> client.sends(Say.subscribe(2, "room")));
        carillon.poster().answer(clients.getFirst().id(), Outcome.GONE);
        clients.forEach(TestClient::received);

        // When
        carillon.mailboxes().fail(true);
        carillon.pass(Duration.ofMinutes(Connections.SLOTS));
        boolean kept = carillon.connections().find(clients.getFirst().id()).isPresent();
        carillon.mailboxes().fail(false);
        carillon.pass(Duration.ofMinutes(Connections.SLOTS));

        // Then
        assertThat(kept).isTrue();
        assertThat(carillon.connections().find(clients.getFirst().id())).isEmpty();
        assertThat(clients.subList(1, 20))
                .allSatisfy(client ->
                        assertThat(client.received()).filteredOn("{}"::equals).hasSize(2));
        assertThat(carillon.api("presence_stats", "{\"channel\":\"room\"}")).contains("\"num_clients\":19");
    }

    @Test
    void shouldReconnectWhoWasSentAwayAndNeverTold() {
        // Given
        TestClient lost = carillon.connect("alice");
        TestClient back = carillon.connect("bob");
        for (TestClient client : List.of(lost, back)) {
            client.sends(Say.subscribe(2, "log:1"));
            client.received();
            carillon.poster().answer(client.id(), Outcome.BACKED_UP);
        }
        carillon.api("publish", "{\"channel\":\"log:1\",\"data\":1}");

        // When: nothing was closed after all, and one of them comes back by itself
        carillon.poster().answer(lost.id(), Outcome.DELIVERED);
        carillon.poster().answer(back.id(), Outcome.DELIVERED);
        back.sends(Say.subscribe(4, "log:1"));
        carillon.pass(Duration.ofMinutes(Connections.SLOTS));

        // Then
        assertThat(lost.received()).last().isEqualTo(Say.disconnect(3010, "insufficient state"));
        assertThat(back.received()).last().isEqualTo("{}");
        assertThat(carillon.connections().ids()).containsExactly(back.id());
    }

    private List<TestClient> clients(int count) {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(carillon.connect("user" + i));
        }
        return clients;
    }
}
