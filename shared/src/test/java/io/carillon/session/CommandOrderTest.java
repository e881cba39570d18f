package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Entry;
import io.carillon.fakes.Crowd;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API Gateway handles the frames of one connection in parallel and in any order; the ids say which came last. */
class CommandOrderTest {

    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true,"presence":true},
            "namespaces":[{"name":"log","history_size":100,"history_ttl":"60s","force_recovery":true,
             "allow_subscribe_for_client":true,"presence":true}]""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);
    private final TestClient alice = carillon.connect("alice");

    static List<Long> seeds() {
        return new Random(20_261_124).longs(150).boxed().toList();
    }

    /** As client libraries send them: subscribe and unsubscribe in turns, with other commands in between. */
    private static List<String> commands(Random random, String channel, int count) {
        List<String> commands = new ArrayList<>();
        int id = 2;
        for (int i = 0; i < count; i++) {
            commands.add(i % 2 == 0 ? Say.subscribe(id, channel) : Say.unsubscribe(id, channel));
            id += 1 + random.nextInt(2);
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldEndInTheStateOfTheHighestCommandWhateverTheOrder(long seed) {
        // Given
        Random random = new Random(seed);
        String channel = random.nextBoolean() ? "news" : "log:1";
        List<String> commands = commands(random, channel, 1 + random.nextInt(6));
        boolean subscribed = commands.getLast().contains("\"subscribe\"");
        Collections.shuffle(commands, random);

        // When
        for (String command : commands) {
            if (random.nextBoolean()) {
                carillon.holdMail();
            } else {
                carillon.deliver();
            }
            alice.sends(command);
        }
        carillon.deliver();

        // Then
        assertThat(alice.isClosed()).isFalse();
        requireState(channel, subscribed, String.join(" ", commands));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void shouldEndInTheStateOfTheHighestCommandWhenAllComeAtOnce(int count) {
        for (int round = 0; round < 20; round++) {
            // Given
            TestCarillon one = TestCarillon.with("", CHANNELS);
            TestClient client = one.connect("alice");
            FrameHandler frames = one.carillon().frameHandler();
            List<String> commands = commands(new Random(round), "log:1", count);

            // When
            Crowd.run(count, n -> () -> frames.handle(client.id(), commands.get(n)));
            one.deliver();

            // Then
            boolean subscribed = commands.getLast().contains("\"subscribe\"");
            assertThat(one.row(client).subscription("log:1"))
                    .map(entry -> entry.state() == Entry.State.ACTIVE)
                    .contains(subscribed);
            assertThat(one.api("presence_stats", "{\"channel\":\"log:1\"}"))
                    .contains("\"num_clients\":" + (subscribed ? 1 : 0));
        }
    }

    @Test
    void shouldNotSubscribeWhenTheUnsubscribeCameFirst() {
        // When
        alice.sends(Say.unsubscribe(3, "log:1")).sends(Say.subscribe(2, "log:1"));

        // Then
        assertThat(alice.received()).containsExactly(Say.done(3, "unsubscribe"));
        requireState("log:1", false, "");
    }

    @Test
    void shouldNotAnswerASubscribeThatALaterOneHasOvertaken() {
        // When
        alice.sends(Say.subscribe(4, "log:1"))
                .sends(Say.unsubscribe(3, "log:1"))
                .sends(Say.subscribe(2, "log:1"));

        // Then
        assertThat(alice.received())
                .containsExactly(
                        "{\"id\":4,\"subscribe\":{\"recoverable\":true,\"epoch\":\"epoch1\",\"positioned\":true}}",
                        Say.done(3, "unsubscribe"));
        requireState("log:1", true, "");
    }

    @Test
    void shouldSubscribeAnewWhenTheUnsubscribeInBetweenIsBehind() {
        // Given
        alice.sends(Say.subscribe(2, "log:1"));
        carillon.api("publish", "{\"channel\":\"log:1\",\"data\":1}");
        alice.received();

        // When
        alice.sends(Say.subscribe(4, "log:1")).sends(Say.unsubscribe(3, "log:1"));

        // Then
        assertThat(alice.received())
                .containsExactly(
                        "{\"id\":4,\"subscribe\":{\"recoverable\":true,\"epoch\":\"epoch1\",\"offset\":1,"
                                + "\"positioned\":true}}",
                        Say.done(3, "unsubscribe"));
        requireState("log:1", true, "");
    }

    @Test
    void shouldLetAnUnsubscribeThatIsBehindMakeRoom() throws Exception {
        // Given
        TestCarillon limited = TestCarillon.with("\"channel_limit\":1", CHANNELS);
        TestClient client = limited.connect("alice");
        client.sends(Say.subscribe(2, "a"));
        client.received();
        FrameHandler frames = limited.carillon().frameHandler();
        Thread behind = Thread.ofVirtual().unstarted(() -> frames.handle(client.id(), Say.unsubscribe(3, "a")));

        // When
        behind.start();
        client.sends(Say.subscribe(4, "b"));
        behind.join();

        // Then
        assertThat(client.received()).containsExactly("{\"id\":4,\"subscribe\":{}}");
    }

    @Test
    void shouldDropASubscribeWhoseMailComesAfterTheUnsubscribe() {
        // Given
        carillon.holdMail();
        alice.sends(Say.subscribe(2, "log:1"), Say.unsubscribe(3, "log:1"));

        // When
        carillon.deliver();

        // Then
        assertThat(alice.received()).containsExactly(Say.done(3, "unsubscribe"));
        requireState("log:1", false, "");
    }

    private void requireState(String channel, boolean subscribed, String order) {
        alice.received();
        carillon.api("publish", "{\"channel\":\"%s\",\"data\":\"last\"}".formatted(channel));
        assertThat(alice.received()).as(order).hasSize(subscribed ? 1 : 0);
        assertThat(carillon.api("presence_stats", "{\"channel\":\"%s\"}".formatted(channel)))
                .as(order)
                .contains("\"num_clients\":" + (subscribed ? 1 : 0));
        assertThat(carillon.row(alice).isSubscribedTo(java.util.Set.of(channel)))
                .as(order)
                .isEqualTo(subscribed);
    }
}
