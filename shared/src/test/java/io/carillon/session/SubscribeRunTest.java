package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Entry;
import io.carillon.fakes.Crowd;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A library that comes back subscribes to all its channels in one frame. */
class SubscribeRunTest {

    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true,"presence":true},
            "namespaces":[{"name":"closed"},
             {"name":"log","history_size":100,"history_ttl":"60s","force_recovery":true,
              "allow_subscribe_for_client":true}]""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);
    private final TestClient alice = carillon.connect("alice");

    @Test
    void shouldChangeTheRowOnceAndSendOnceForAllSubscribesOfAFrame() {
        // Given
        int swaps = carillon.connections().swaps();
        int sends = carillon.mailboxes().calls();
        carillon.holdMail();

        // When
        alice.sends(subscribes(2, 127));

        // Then
        assertThat(carillon.connections().swaps() - swaps).isEqualTo(1);
        assertThat(carillon.mailboxes().calls() - sends).isEqualTo(1);
        carillon.deliver();
        assertThat(alice.received())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(2, 129)
                        .mapToObj("{\"id\":%d,\"subscribe\":{}}"::formatted)
                        .toList());
        assertThat(carillon.row(alice).subscriptionCount()).isEqualTo(127);
    }

    @Test
    void shouldRefuseOnlyTheCommandsThatMustBeAndInTheirOrder() {
        // Given
        alice.sends(Say.subscribe(2, "old"));
        alice.received();

        // When
        alice.sends(
                Say.subscribe(3, "old", "\"token\":\"forged\""),
                Say.subscribe(4, "a"),
                Say.subscribe(5, "closed:1"),
                Say.subscribe(6, "b"),
                Say.subscribe(7, "nowhere:1"));

        // Then
        List<String> received = alice.received();
        assertThat(received)
                .filteredOn(line -> line.contains("error"))
                .containsExactly(
                        Say.error(3, 105, "already subscribed"),
                        Say.error(5, 103, "permission denied"),
                        Say.error(7, 102, "unknown channel"));
        assertThat(received)
                .filteredOn(line -> line.contains("subscribe\":"))
                .containsExactlyInAnyOrder("{\"id\":4,\"subscribe\":{}}", "{\"id\":6,\"subscribe\":{}}");
    }

    @Test
    void shouldCountTheSubscribesBeforeInTheSameFrame() {
        // Given
        TestCarillon limited = TestCarillon.with("\"channel_limit\":3", CHANNELS);
        TestClient client = limited.connect("bob");

        // When
        client.sends(subscribes(2, 5));

        // Then
        assertThat(client.received())
                .containsExactlyInAnyOrder(
                        Say.error(5, 106, "limit exceeded"),
                        Say.error(6, 106, "limit exceeded"),
                        "{\"id\":2,\"subscribe\":{}}",
                        "{\"id\":3,\"subscribe\":{}}",
                        "{\"id\":4,\"subscribe\":{}}");
        assertThat(limited.row(client).subscriptions()).containsOnlyKeys("c2", "c3", "c4");
    }

    @Test
    void shouldRefuseASecondSubscribeToTheSameChannelInOneFrame() {
        // When
        alice.sends(Say.subscribe(2, "a"), Say.subscribe(3, "a"), Say.subscribe(4, "b"));

        // Then
        assertThat(alice.received())
                .containsExactlyInAnyOrder(
                        Say.error(3, 105, "already subscribed"),
                        "{\"id\":2,\"subscribe\":{}}",
                        "{\"id\":4,\"subscribe\":{}}");
    }

    @Test
    void shouldNotAnswerWhatALaterFrameHasOvertakenButAnswerItsNeighbours() {
        // Given
        alice.sends(Say.unsubscribe(9, "a"));
        alice.received();

        // When
        alice.sends(Say.subscribe(2, "a"), Say.subscribe(3, "b"));

        // Then
        assertThat(alice.received()).containsExactly("{\"id\":3,\"subscribe\":{}}");
        assertThat(carillon.row(alice).isSubscribedTo(Set.of("a"))).isFalse();
    }

    @Test
    void shouldLeaveNoTraceOfAnyWhenTheMailboxesFail() {
        // When
        carillon.mailboxes().fail(true);
        alice.sends(Say.subscribe(2, "a"), Say.subscribe(3, "closed:1"), Say.subscribe(4, "b"));
        List<String> failed = alice.received();
        carillon.mailboxes().fail(false);
        alice.sends(Say.subscribe(5, "a"), Say.subscribe(6, "b"));

        // Then
        assertThat(failed)
                .containsExactly(
                        Say.temporary(2, 100, "internal server error"),
                        Say.error(3, 103, "permission denied"),
                        Say.temporary(4, 100, "internal server error"));
        assertThat(alice.received())
                .containsExactlyInAnyOrder("{\"id\":5,\"subscribe\":{}}", "{\"id\":6,\"subscribe\":{}}");
    }

    @Test
    void shouldAnswerEachOnceWhenTheMailboxesFailAtFirst() {
        // When
        carillon.mailboxes().failNext();
        alice.sends(Say.subscribe(2, "a"), Say.subscribe(3, "b"));

        // Then
        assertThat(alice.received())
                .containsExactlyInAnyOrder("{\"id\":2,\"subscribe\":{}}", "{\"id\":3,\"subscribe\":{}}");
    }

    @Test
    void shouldKeepTheOrderOfOtherCommandsInBetween() {
        // When
        alice.sends(
                Say.subscribe(2, "a"),
                Say.subscribe(3, "b"),
                Say.unsubscribe(4, "a"),
                Say.subscribe(5, "a"),
                Say.unsubscribe(6, "b"));

        // Then
        assertThat(carillon.row(alice).subscriptions())
                .hasEntrySatisfying("a", entry -> assertThat(entry.state()).isEqualTo(Entry.State.ACTIVE))
                .hasEntrySatisfying("b", entry -> assertThat(entry.state()).isEqualTo(Entry.State.LEFT));
        assertThat(carillon.api("presence_stats", "{\"channel\":\"a\"}")).contains("\"num_clients\":1");
        assertThat(carillon.api("presence_stats", "{\"channel\":\"b\"}")).contains("\"num_clients\":0");
    }

    @Test
    void shouldEndInTheStateOfTheHighestCommandsWhenFramesForTheSameChannelsComeAtOnce() {
        for (int round = 0; round < 20; round++) {
            // Given two frames that subscribe to overlapping channels, and one that unsubscribes in between
            TestCarillon one = TestCarillon.with("", CHANNELS);
            TestClient client = one.connect("alice");
            FrameHandler frames = one.carillon().frameHandler();
            List<String> sent = List.of(
                    String.join("\n", Say.subscribe(2, "log:1"), Say.subscribe(3, "log:2"), Say.subscribe(4, "log:3")),
                    String.join("\n", Say.unsubscribe(5, "log:2"), Say.unsubscribe(6, "log:3")),
                    String.join("\n", Say.subscribe(7, "log:3"), Say.subscribe(8, "log:4")));

            // When
            Crowd.run(3, n -> () -> frames.handle(client.id(), sent.get(n)));
            one.deliver();

            // Then
            List<String> subscribed = new ArrayList<>();
            for (String channel : List.of("log:1", "log:2", "log:3", "log:4")) {
                client.received();
                one.api("publish", "{\"channel\":\"%s\",\"data\":1}".formatted(channel));
                if (client.received().size() == 1) {
                    subscribed.add(channel);
                }
            }
            assertThat(subscribed).containsExactly("log:1", "log:3", "log:4");
        }
    }

    private static String[] subscribes(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(id -> Say.subscribe(id, "c" + id))
                .toArray(String[]::new);
    }
}
