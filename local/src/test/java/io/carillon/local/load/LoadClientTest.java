package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Position;
import io.carillon.local.Await;
import io.carillon.local.load.Seen.Way;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadClientTest {

    private static final String CONNECTED = "\"connect\":{\"client\":\"c1\",\"version\":\"x\"}";
    private static final String SUBSCRIBED = "\"subscribe\":{\"recoverable\":true,\"epoch\":\"e\",\"offset\":5}";
    private static final String TEMPORARY = "\"error\":{\"code\":100,\"message\":\"internal\",\"temporary\":true}";
    private static final String DENIED = "\"error\":{\"code\":103,\"message\":\"permission denied\"}";

    private static final Duration AWAY = Duration.ofMillis(777);

    private volatile boolean answersConnects = true;
    private final Queue<Runnable> returns = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService timers = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (unit.toMillis(delay) == AWAY.toMillis()) {
                returns.add(task);
                return super.schedule(() -> {}, 0, unit);
            }
            return super.schedule(task, delay, unit);
        }
    };
    private final HttpClient http = HttpClient.newHttpClient();
    private final Diary diary = new Diary("ann", Condition.HEALTHY, List.of("news"), new Tally());
    private final Queue<String> connectReplies = new ConcurrentLinkedQueue<>();
    private final Queue<String> subscribeReplies = new ConcurrentLinkedQueue<>();
    private final ScriptedServer server = new ScriptedServer(this::reply);
    private final LoadClient client = new LoadClient(
            new LoadClient.Surroundings(http, Transport.WEBSOCKET, server.uri(), "load", timers, System::nanoTime),
            "token",
            List.of("news"),
            diary,
            1,
            true);

    @AfterEach
    void stop() {
        client.close();
        timers.shutdownNow();
        http.shutdownNow();
        server.close();
    }

    private synchronized String reply(ScriptedServer.Came came) {
        if (!came.is("connect")) {
            return next(subscribeReplies, SUBSCRIBED);
        }
        Await.until(() -> answersConnects);
        return next(connectReplies, CONNECTED);
    }

    private static String next(Queue<String> replies, String usual) {
        return replies.isEmpty() ? usual : replies.remove();
    }

    private List<Seen> seen() {
        return diary.read().events();
    }

    private ScriptedServer.Came comeIn() {
        client.connect();
        ScriptedServer.Came subscribe = server.next("subscribe");
        Await.until(() -> client.hasReached(Map.of("news", 5L)));
        return subscribe;
    }

    private static String pub(long offset) {
        return "{\"push\":{\"channel\":\"news\",\"pub\":{\"data\":{\"a\": 1.0},\"offset\":" + offset + "}}}";
    }

    private static void assertRecoversFrom(ScriptedServer.Came subscribe, long offset, String epoch) {
        JsonNode request = subscribe.command().get("subscribe");
        assertThat(request.get("recover").asBoolean()).isTrue();
        assertThat(request.get("offset").asLong()).isEqualTo(offset);
        assertThat(request.get("epoch").asText()).isEqualTo(epoch);
    }

    @Test
    void shouldNoteWhatComesAndWhere() {
        // When
        ScriptedServer.Came subscribe = comeIn();
        server.push(subscribe.connection(), "{}");
        server.push(subscribe.connection(), pub(6) + "\n" + pub(7));
        Await.until(() -> client.hasReached(Map.of("news", 7L)));

        // Then
        long digest = Payloads.digest("{\"a\": 1.0}");
        assertThat(subscribe.command().get("subscribe").has("recover")).isFalse();
        assertThat(client.clientId()).contains("c1");
        assertThat(seen())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("at")
                .containsExactly(
                        new Seen.Connected(0, "c1"),
                        new Seen.Subscribed(0, "news", new Position(5, "e"), false, false),
                        new Seen.Received(0, "news", 6, digest, Way.PUSH),
                        new Seen.Received(0, "news", 7, digest, Way.PUSH));
    }

    @Test
    void shouldComeBackAndRecoverFromTheLastPublicationWhenCut() {
        // Given
        ScriptedServer.Came first = comeIn();
        server.push(first.connection(), pub(6));
        Await.until(() -> client.hasReached(Map.of("news", 6L)));
        subscribeReplies.add("\"subscribe\":{\"recoverable\":true,\"epoch\":\"e\",\"offset\":6,\"recovered\":true,"
                + "\"was_recovering\":true,\"publications\":[{\"data\":1,\"offset\":7},{\"data\":2,\"offset\":8}]}");

        // When
        client.cut();
        ScriptedServer.Came second = server.next("subscribe");
        Await.until(() -> client.hasReached(Map.of("news", 8L)));

        // Then
        assertThat(second.connection()).isNotEqualTo(first.connection());
        assertThat(second.command().get("id").asLong())
                .isGreaterThan(first.command().get("id").asLong());
        assertRecoversFrom(second, 6, "e");
        assertThat(seen()).filteredOn(Seen.Lost.class::isInstance).hasSize(1);
        assertThat(seen())
                .filteredOn(event ->
                        event instanceof Seen.Received(long at, String channel, long offset, long digest, Way way)
                                && way == Way.REPLY)
                .hasSize(2);
    }

    @Test
    void shouldComeBackToAChannelWhileItIsConnecting() {
        // Given: a connect command that carries no subscribe command, because the client has left
        comeIn();
        client.leave("news", AWAY);
        answersConnects = false;
        client.cut();
        server.next("connect");

        // When
        returns.remove().run();
        answersConnects = true;

        // Then
        assertRecoversFrom(server.next("subscribe"), 5, "e");
    }

    @Test
    void shouldComeBackWhenTheServerCutsIt() {
        // Given
        comeIn();

        // When
        server.cutAll();

        // Then
        assertRecoversFrom(server.next("subscribe"), 5, "e");
    }

    @Test
    void shouldResubscribeThroughTheSameConnectionWhenToldTo() {
        // Given
        ScriptedServer.Came first = comeIn();

        // When
        server.push(
                first.connection(),
                "{\"push\":{\"channel\":\"news\",\"unsubscribe\":{\"code\":2500,\"reason\":\"\"}}}");

        // Then
        ScriptedServer.Came second = server.next("subscribe");
        assertThat(second.connection()).isEqualTo(first.connection());
        assertRecoversFrom(second, 5, "e");
    }

    @Test
    void shouldAskForARecoveryThatCannotBeWhenItsStateIsInvalidated() {
        // Given
        ScriptedServer.Came first = comeIn();

        // When
        server.push(
                first.connection(),
                "{\"push\":{\"channel\":\"news\",\"unsubscribe\":{\"code\":2502,\"reason\":\"\"}}}");

        // Then
        assertRecoversFrom(server.next("subscribe"), 0, "_");
    }

    @Test
    void shouldComeBackToAChannelThatItReturnsToWhileItConnects() {
        // Given a client that leaves, and is on its way in again when it is time to return
        Duration away = Duration.ofMillis(1_500);
        comeIn();
        connectReplies.add("");
        client.leave("news", away);
        client.cut();
        ScriptedServer.Came connect = server.next("connect");

        // When
        String reply = "{\"id\":" + connect.command().get("id") + "," + CONNECTED + "}";
        timers.schedule(() -> server.push(connect.connection(), reply), away.toMillis(), TimeUnit.MILLISECONDS);

        // Then
        assertRecoversFrom(server.next("subscribe"), 5, "e");
        Await.until(() -> client.hasReached(Map.of("news", 5L)));
    }

    @Test
    void shouldStayAwayFromAChannelWhenToldTo() {
        // Given
        ScriptedServer.Came first = comeIn();

        // When
        server.push(
                first.connection(),
                "{\"push\":{\"channel\":\"news\",\"unsubscribe\":{\"code\":2000,\"reason\":\"\"}}}");

        // Then
        Await.until(client::isHopeless);
        assertThat(client.hasReached(Map.of())).isFalse();
    }

    @Test
    void shouldHeedTheRangeOfADisconnectCode() {
        // Given one that lets it come back
        ScriptedServer.Came first = comeIn();
        server.push(first.connection(), "{\"push\":{\"disconnect\":{\"code\":3005,\"reason\":\"expired\"}}}");
        ScriptedServer.Came second = server.next("subscribe");
        Await.until(() -> client.hasReached(Map.of()));

        // When one that does not
        server.push(second.connection(), "{\"push\":{\"disconnect\":{\"code\":3503,\"reason\":\"force\"}}}");

        // Then
        Await.until(client::isHopeless);
        assertThat(client.clientId()).isEmpty();
    }

    @Test
    void shouldSubscribeAgainAfterATemporaryErrorAndGiveUpAfterAnother() {
        // Given
        subscribeReplies.addAll(List.of(TEMPORARY, DENIED));

        // When
        client.connect();

        // Then
        String first = server.next("subscribe").connection();
        assertThat(server.next("subscribe").connection()).isEqualTo(first);
        Await.until(client::isHopeless);
        assertThat(seen())
                .filteredOn(Seen.Refused.class::isInstance)
                .extracting(event -> ((Seen.Refused) event).code())
                .containsExactly(100, 103);
    }

    @Test
    void shouldConnectAgainAfterATemporaryErrorAndGiveUpAfterAnother() {
        // Given
        connectReplies.addAll(List.of(TEMPORARY, "\"error\":{\"code\":101,\"message\":\"unauthorized\"}"));

        // When
        client.connect();

        // Then
        String first = server.next("connect").connection();
        assertThat(server.next("connect").connection()).isNotEqualTo(first);
        Await.until(client::isHopeless);
    }

    @Test
    void shouldNoteAsAStrayWhatComesBeforeTheReply() {
        // Given a server that pushes instead of replying
        subscribeReplies.add("");

        // When
        client.connect();
        server.push(server.next("subscribe").connection(), pub(6));

        // Then
        Await.until(() -> seen().stream()
                .anyMatch(event -> event instanceof Seen.Received received && received.way() == Way.STRAY));
    }
}
