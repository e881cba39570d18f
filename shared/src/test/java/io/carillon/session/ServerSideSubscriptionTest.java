package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.RawJson;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.util.List;
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
    void shouldSubscribeToTheChannelsOfTheTokenAfterTheReply() {
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
        assertThat(received.getFirst()).startsWith("{\"id\":1,\"connect\":").doesNotContain("subs");
        assertThat(received.subList(1, received.size()))
                .containsExactlyInAnyOrder(
                        "{\"push\":{\"channel\":\"log:1\",\"subscribe\":"
                                + "{\"recoverable\":true,\"epoch\":\"epoch1\",\"positioned\":true}}}",
                        "{\"push\":{\"channel\":\"closed:1\",\"subscribe\":{}}}");
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
        assertThat(returning.received().stream().skip(1).map(line -> line.replaceAll(",\"time\":\\d+", "")))
                .containsExactly(
                        "{\"push\":{\"channel\":\"log:1\",\"subscribe\":{\"recoverable\":true,"
                                + "\"epoch\":\"epoch1\",\"offset\":2,\"positioned\":true}}}",
                        "{\"push\":{\"channel\":\"log:1\",\"pub\":{\"data\":3,\"offset\":3}}}",
                        "{\"push\":{\"channel\":\"log:1\",\"pub\":{\"data\":4,\"offset\":4}}}");
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
        assertThat(returning.received().stream().skip(1))
                .containsExactly("{\"push\":{\"channel\":\"log:1\",\"subscribe\":{\"recoverable\":true,"
                        + "\"epoch\":\"epoch1\",\"offset\":12,\"positioned\":true}}}");
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

    @Test
    void shouldReconnectTheClientWhenASubscriptionCannotBeStarted() {
        // Given
        TestClient client = carillon.open();
        carillon.mailboxes().fail(true);

        // When
        client.sends(Say.connect(
                carillon.tokens().connection("alice").channels(List.of("log:1")).sign()));

        // Then
        assertThat(client.received())
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("{\"id\":1,\"connect\":"),
                        push -> assertThat(push).isEqualTo(Say.disconnect(3004, "internal server error")));
        assertThat(client.isClosed()).isTrue();
    }

    private void publish(String channel, int from, int to) {
        IntStream.rangeClosed(from, to)
                .forEach(n -> carillon.api("publish", "{\"channel\":\"%s\",\"data\":%d}".formatted(channel, n)));
    }
}
