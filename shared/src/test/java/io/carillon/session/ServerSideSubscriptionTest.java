package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.Framing;
import io.carillon.events.RawJson;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServerSideSubscriptionTest {

    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true,"allow_user_limited_channels":true},
            "namespaces":[{"name":"log","history_size":10,"history_ttl":"60s","force_recovery":true},
             {"name":"room","presence":true,"join_leave":true,"force_push_join_leave":true},
             {"name":"closed"}]""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);

    @Test
    void shouldSubscribeToTheChannelsOfTheTokenInTheReplyOrAfterIt() {
        // Given
        TestClient client = carillon.open();
        String token = carillon.tokens()
                .connection("alice")
                .channels(List.of("log:1", "closed:1"))
                .sign();

        // When
        client.sends(Say.connect(token));

        // Then
        List<String> received = client.received();
        assertThat(subs(received.getFirst()))
                .isEqualTo("{\"log:1\":{\"recoverable\":true,\"epoch\":\"epoch1\",\"positioned\":true}}");
        assertThat(received.subList(1, received.size()))
                .containsExactly("{\"push\":{\"channel\":\"closed:1\",\"subscribe\":{}}}");
    }

    @Test
    void shouldDeliverToAServerSideSubscriber() {
        // Given
        TestClient client = carillon.open();
        client.sends(Say.connect(
                carillon.tokens().connection("alice").channels(List.of("log:1")).sign()));
        client.received();

        // When
        carillon.api("publish", "{\"channel\":\"log:1\",\"data\":{\"n\": 1.10}}");

        // Then
        assertThat(client.received())
                .singleElement()
                .asString()
                .startsWith("{\"push\":{\"channel\":\"log:1\",\"pub\":{\"data\":{\"n\": 1.10},\"offset\":1,");
    }

    @Test
    void shouldFollowTheSubsOfTheTokenWithTheirDataInfoAndOverrides() {
        // Given
        TestClient client = carillon.open();
        String token = carillon.tokens()
                .connection("alice")
                .channels(List.of("closed:1"))
                .claim("subs", RawJson.of("""
                        {"room:1": {"info": {"role":1.0}, "data": [1], "override":
                         {"force_push_join_leave": {"value": false}, "join_leave": {"value": false}}}}"""))
                .sign();

        // When
        client.sends(Say.connect(token));

        // Then
        assertThat(client.received())
                .last()
                .isEqualTo("{\"push\":{\"channel\":\"room:1\",\"subscribe\":{\"data\":[1]}}}");
        assertThat(carillon.row(client).subscriptions()).containsOnlyKeys("room:1");
        assertThat(carillon.api("presence", "{\"channel\":\"room:1\"}"))
                .isEqualTo("{\"result\":{\"presence\":{\"%1$s\":{\"user\":\"alice\",\"client\":\"%1$s\","
                                .formatted(client.client())
                        + "\"chan_info\":{\"role\":1.0}}}}}");
    }

    @Test
    void shouldSubscribeUsersToTheirPersonalChannel() {
        // Given
        TestCarillon personal = TestCarillon.with("""
                "allow_anonymous_connect_without_token":true,
                "subscribe_to_user_personal_channel":{"enabled":true,"personal_channel_namespace":"log"}""", CHANNELS);

        // When
        TestClient alice = personal.connect("alice");
        TestClient anonymous = personal.connectAnonymously();

        // Then
        assertThat(personal.row(alice).subscriptions()).containsOnlyKeys("log:#alice");
        assertThat(personal.row(anonymous).subscriptions()).isEmpty();
    }

    @Test
    void shouldRefuseWith102WhenTheTokenNamesAnUnknownChannel() {
        // Given
        TestClient client = carillon.open();

        // When
        client.sends(Say.connect(carillon.tokens()
                .connection("alice")
                .channels(List.of("nowhere:1"))
                .sign()));

        // Then
        assertThat(client.received()).containsExactly(Say.error(1, 102, "unknown channel"));
        assertThat(carillon.row(client).established()).isFalse();
    }

    @Test
    void shouldDisconnectWith3505WhenTheTokenNamesMoreChannelsThanAllowed() {
        // Given
        TestCarillon limited = TestCarillon.with("\"channel_limit\":3", CHANNELS);
        TestClient client = limited.open();
        List<String> four = IntStream.range(0, 4).mapToObj(n -> "log:" + n).toList();

        // When
        client.sends(
                Say.connect(limited.tokens().connection("alice").channels(four).sign()));

        // Then
        assertThat(client.received()).containsExactly(Say.disconnect(3505, "channel limit"));
    }

    @Test
    void shouldRecoverWhatAReturningClientMissed() {
        // Given
        String token =
                carillon.tokens().connection("alice").channels(List.of("log:1")).sign();
        carillon.open().sends(Say.connect(token));
        publish("log:1", 1, 4);
        TestClient returning = carillon.open();

        // When
        returning.sends("""
                {"id":1,"connect":{"token":"%s","subs":{"log:1":{"recover":true,"offset":2,"epoch":"epoch1"}}}}""".formatted(token));

        // Then
        List<String> received = returning.received();
        assertThat(received).hasSize(1);
        assertThat(subs(received.getFirst()))
                .isEqualTo("{\"log:1\":{\"recoverable\":true,\"epoch\":\"epoch1\",\"publications\":["
                        + "{\"data\":3,\"offset\":3},{\"data\":4,\"offset\":4}],"
                        + "\"recovered\":true,\"offset\":2,\"positioned\":true,\"was_recovering\":true}}");
        publish("log:1", 5, 5);
        assertThat(returning.received()).singleElement().asString().contains("\"offset\":5");
    }

    @Test
    void shouldStartFromTheTopWhenWhatWasMissedIsGone() {
        // Given
        String token =
                carillon.tokens().connection("alice").channels(List.of("log:1")).sign();
        publish("log:1", 1, 12);
        TestClient returning = carillon.open();

        // When
        returning.sends("""
                {"id":1,"connect":{"token":"%s","subs":{"log:1":{"recover":true,"offset":1,"epoch":"epoch1"}}}}""".formatted(token));

        // Then
        List<String> received = returning.received();
        assertThat(received).hasSize(1);
        assertThat(subs(received.getFirst()))
                .isEqualTo("{\"log:1\":{\"recoverable\":true,\"epoch\":\"epoch1\",\"offset\":12,"
                        + "\"positioned\":true,\"was_recovering\":true}}");
    }

    @Test
    void shouldSayThatNothingWasRecoveredWhenTheLogIsAnotherOne() {
        // Given
        String token =
                carillon.tokens().connection("alice").channels(List.of("log:1")).sign();
        TestClient returning = carillon.open();

        // When
        returning.sends("""
                {"id":1,"connect":{"token":"%s","subs":{"log:1":{"recover":true,"offset":7,"epoch":"lost"}}}}""".formatted(token));

        // Then
        assertThat(subs(returning.received().getFirst()))
                .isEqualTo("{\"log:1\":{\"recoverable\":true,\"epoch\":\"epoch1\",\"positioned\":true,"
                        + "\"was_recovering\":true}}");
    }

    @Test
    void shouldSendWhatIsPublishedBetweenTheReplyAndTheMailbox() {
        // Given
        publish("log:1", 1, 2);
        String token =
                carillon.tokens().connection("alice").channels(List.of("log:1")).sign();
        TestClient client = carillon.open();
        carillon.holdMail();
        client.sends(Say.connect(token));
        publish("log:1", 3, 4);

        // When
        carillon.deliver();

        // Then
        List<String> received = client.received();
        assertThat(subs(received.getFirst())).contains("\"offset\":2");
        assertThat(received.stream().skip(1))
                .satisfiesExactly(
                        third -> assertThat(third).contains("\"pub\":{\"data\":3,\"offset\":3"),
                        fourth -> assertThat(fourth).contains("\"pub\":{\"data\":4,\"offset\":4"));
    }

    @Test
    void shouldSendAsPushesInOrderWhatTheReplyHasNoRoomFor() {
        // Given
        String token = carillon.tokens()
                .connection("alice")
                .channels(List.of("log:1", "log:2"))
                .sign();
        String large = "\"" + "x".repeat(30_000) + "\"";
        carillon.open().sends(Say.connect(token));
        for (String channel : List.of("log:1", "log:2")) {
            for (int i = 0; i < 7; i++) {
                carillon.api("publish", "{\"channel\":\"%s\",\"data\":%s}".formatted(channel, large));
            }
        }
        TestClient returning = carillon.open();

        // When
        returning.sends("""
                {"id":1,"connect":{"token":"%s","subs":{"log:1":{"recover":true,"epoch":""},
                 "log:2":{"recover":true,"epoch":""}}}}""".replace("\n", "").formatted(token));

        // Then
        assertThat(returning.frames())
                .allSatisfy(frame -> assertThat(Framing.utf8Length(frame)).isLessThanOrEqualTo(Framing.MAX_MESSAGE));
        String all = String.join("\n", returning.received());
        assertThat(all).startsWith("{\"id\":1,\"connect\":").doesNotContain("\"subscribe\":");
        assertThat(Pattern.compile("\"offset\":(\\d+)").matcher(all).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "1", "2", "3", "4", "5", "6", "7");
        assertThat(all.lines()
                        .skip(1)
                        .filter(line -> line.contains("log:2"))
                        .map(line -> line.replaceAll(".*\"offset\":(\\d+).*", "$1")))
                .isSorted()
                .isNotEmpty();
    }

    @Test
    void shouldGiveAReturningClientOnlyTheChannelsItMayHave() {
        // Given
        TestClient client = carillon.open();

        // When
        client.sends("""
                {"id":1,"connect":{"token":"%s","subs":{"news":{},"$news":{},"closed:1":{},"d#bob":{},"d#alice":{},
                 "n\u00e9ws":{}}}}""".formatted(carillon.tokens().connection("alice").sign()));

        // Then
        assertThat(carillon.row(client).subscriptions()).containsOnlyKeys("news", "d#alice");
        assertThat(carillon.row(client).subscriptions().values()).allMatch(entry -> entry.serverSide());
    }

    @Test
    void shouldDisconnectWith3501WhenAReturningClientNamesAnUnknownChannel() {
        // Given
        TestClient client = carillon.open();

        // When
        client.sends("{\"id\":1,\"connect\":{\"token\":\"%s\",\"subs\":{\"nowhere:1\":{}}}}"
                .formatted(carillon.tokens().connection("alice").sign()));

        // Then
        assertThat(client.received()).containsExactly(Say.disconnect(3501, "bad request"));
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
