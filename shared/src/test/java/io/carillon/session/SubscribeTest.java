package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Entry;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscribeTest {

    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true},
            "namespaces":[
             {"name":"log","history_size":10,"history_ttl":"60s","force_recovery":true,"allow_subscribe_for_client":true},
             {"name":"plain","history_size":10,"history_ttl":"60s","allow_subscribe_for_client":true},
             {"name":"wish","history_size":10,"history_ttl":"60s","allow_subscribe_for_client":true,
              "allow_recovery":true,"allow_positioning":true},
             {"name":"closed"},
             {"name":"all","allow_subscribe_for_client":true,"allow_subscribe_for_anonymous":true},
             {"name":"dialog","allow_user_limited_channels":true},
             {"name":"strict","channel_regex":"^[a-z]+$","allow_subscribe_for_client":true}]""";

    private final TestCarillon carillon =
            TestCarillon.with("\"allow_anonymous_connect_without_token\":true,\"channel_limit\":3", CHANNELS);

    @ParameterizedTest
    @CsvSource({
        "nowhere:1, 102, unknown channel",
        "$closed:1, 103, permission denied",
        "$news, 103, permission denied",
        "closed:1, 103, permission denied",
        "dialog:#bob, 103, permission denied",
        "dialog:1, 103, permission denied",
        "strict:1, 107, bad request",
        "n\u00e9ws, 107, bad request",
    })
    void shouldRefuseWithTheErrorThatFits(String channel, int code, String message) {
        // Given
        TestClient alice = carillon.connect("alice");

        // When
        alice.sends(Say.subscribe(2, channel));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, code, message));
        assertThat(carillon.row(alice).subscriptions()).isEmpty();
    }

    @Test
    void shouldRefuseWith107WhenTheNameIsTooLong() {
        // Given
        TestClient alice = carillon.connect("alice");

        // When
        alice.sends(Say.subscribe(2, "x".repeat(255)), Say.subscribe(3, "x".repeat(256)));

        // Then
        assertThat(alice.received())
                .containsExactlyInAnyOrder("{\"id\":2,\"subscribe\":{}}", Say.error(3, 107, "bad request"));
    }

    @ParameterizedTest
    @CsvSource({"1, 103, permission denied", "2, 103, permission denied", "4, 108, not available"})
    void shouldRefuseKindsOfSubscriptionThatDoNotExist(int type, int code, String message) {
        // Given
        TestClient alice = carillon.connect("alice");

        // When
        alice.sends(Say.subscribe(2, "news", "\"type\":" + type));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, code, message));
    }

    @Test
    void shouldLetInOnlyTheUsersThatAChannelLists() {
        // Given
        TestClient alice = carillon.connect("alice");
        TestClient carol = carillon.connect("carol");

        // When
        alice.sends(Say.subscribe(2, "dialog:#alice,bob"));
        carol.sends(Say.subscribe(2, "dialog:#alice,bob"));

        // Then
        assertThat(alice.received()).containsExactly("{\"id\":2,\"subscribe\":{}}");
        assertThat(carol.received()).containsExactly(Say.error(2, 103, "permission denied"));
    }

    @Test
    void shouldLetInTheAnonymousOnlyWhereAllowed() {
        // Given
        TestClient anonymous = carillon.connectAnonymously();

        // When
        anonymous.sends(Say.subscribe(2, "news")).sends(Say.subscribe(3, "all:1"));

        // Then
        assertThat(anonymous.received())
                .containsExactly(Say.error(2, 103, "permission denied"), "{\"id\":3,\"subscribe\":{}}");
    }

    @Test
    void shouldLetInEverybodyButToPrivateChannelsWhenInsecure() {
        // Given
        TestCarillon insecure = TestCarillon.with("\"insecure\":true", CHANNELS);
        TestClient anyone = insecure.connectAnonymously();

        // When
        anyone.sends(Say.subscribe(2, "closed:1"))
                .sends(Say.subscribe(3, "dialog:#bob"))
                .sends(Say.subscribe(4, "$closed:1"));

        // Then
        assertThat(anyone.received())
                .containsExactly(
                        "{\"id\":2,\"subscribe\":{}}",
                        "{\"id\":3,\"subscribe\":{}}",
                        Say.error(4, 103, "permission denied"));
    }

    @Test
    void shouldRefuseWith105BeforeAnythingElseWhenSubscribedAlready() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "news"));
        alice.received();

        // When
        alice.sends(Say.subscribe(3, "news", "\"token\":\"forged\""));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(3, 105, "already subscribed"));
        assertThat(alice.isClosed()).isFalse();
    }

    @Test
    void shouldReconnectTheClientWhenNeitherTheMailboxNorTheRowCanBeReached() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.mailboxes().fail(true);
        carillon.mailboxes().beforeNext(() -> carillon.connections().failSwaps(true));

        // When
        alice.sends(Say.subscribe(2, "log:1"));

        // Then: were it kept, the row would refuse every further try as one too many
        assertThat(alice.received()).containsExactly(Say.disconnect(3004, "internal server error"));
        assertThat(alice.isClosed()).isTrue();
    }

    @Test
    void shouldRefuseWith105WhenTheServerHasSubscribedTheClient() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.api("subscribe", "{\"user\":\"alice\",\"channel\":\"news\"}");
        alice.received();

        // When
        alice.sends(Say.subscribe(9, "news"));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(9, 105, "already subscribed"));
    }

    @Test
    void shouldRefuseWith106BeforeAnyRightWhenTheLimitIsReached() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "a"), Say.subscribe(3, "b"), Say.subscribe(4, "c"));
        alice.received();

        // When
        alice.sends(Say.subscribe(5, "closed:1"));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(5, 106, "limit exceeded"));
    }

    @Test
    @Timeout(20)
    void shouldNotHoldAFunctionForAFrameThatIsRefusedManyTimes() {
        // Given a frame that would take half a minute, were each refusal to wait for an unsubscribe command
        TestClient alice = carillon.connect("alice");
        String[] frame = IntStream.rangeClosed(2, 44)
                .mapToObj(id -> Say.subscribe(id, "channel" + id))
                .toArray(String[]::new);

        // When
        alice.sends(frame);

        // Then
        List<String> received = alice.received();
        assertThat(received).filteredOn(line -> line.contains("\"code\":106")).hasSize(40);
        assertThat(received)
                .filteredOn(line -> line.contains("\"subscribe\":{}"))
                .hasSize(3);
    }

    @Test
    void shouldSubscribeAgainWhenUnsubscribedFromAFullConnection() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "a"), Say.subscribe(3, "b"), Say.subscribe(4, "c"));

        // When
        alice.sends(Say.unsubscribe(5, "b"), Say.subscribe(6, "d"));

        // Then
        assertThat(alice.received()).contains(Say.done(5, "unsubscribe"), "{\"id\":6,\"subscribe\":{}}");
    }

    @Test
    void shouldTellThePositionWhereTheNamespaceSaysSo() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.api("publish", "{\"channel\":\"log:1\",\"data\":1}");

        // When
        alice.sends(Say.subscribe(2, "log:1"));

        // Then
        assertThat(alice.received())
                .containsExactly("{\"id\":2,\"subscribe\":"
                        + "{\"recoverable\":true,\"epoch\":\"epoch1\",\"offset\":1,\"positioned\":true}}");
    }

    @Test
    void shouldGrantRecoveryAndPositionsWhereTheClientMayWishForThem() {
        // Given
        TestClient alice = carillon.connect("alice");

        // When
        alice.sends(Say.subscribe(2, "wish:1", "\"recoverable\":true"))
                .sends(Say.subscribe(3, "wish:2", "\"positioned\":true"))
                .sends(Say.subscribe(4, "plain:1", "\"recoverable\":true,\"positioned\":true"));

        // Then
        assertThat(alice.received())
                .containsExactly(
                        "{\"id\":2,\"subscribe\":{\"recoverable\":true,\"epoch\":\"epoch1\",\"positioned\":true}}",
                        "{\"id\":3,\"subscribe\":{\"epoch\":\"epoch2\",\"positioned\":true}}",
                        "{\"id\":4,\"subscribe\":{}}");
    }

    @Test
    void shouldRefuseWith112RatherThanLeaveAGapWhenTheClientSaysSo() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.api("publish", "{\"channel\":\"log:1\",\"data\":1}");

        // When
        alice.sends(Say.subscribe(2, "log:1", "\"recover\":true,\"offset\":1,\"epoch\":\"other\",\"flag\":3"))
                .sends(Say.subscribe(3, "log:1", "\"recover\":true,\"offset\":1,\"epoch\":\"other\",\"flag\":1"));

        // Then
        assertThat(alice.received())
                .containsExactly(
                        Say.error(2, 112, "unrecoverable position"),
                        "{\"id\":3,\"subscribe\":{\"recoverable\":true,\"epoch\":\"epoch1\",\"offset\":1,"
                                + "\"positioned\":true,\"was_recovering\":true}}");
    }

    @Test
    void shouldLeaveNoTraceWhenTheMailboxFails() {
        // Given
        TestClient alice = carillon.connect("alice");

        // When
        carillon.mailboxes().fail(true);
        alice.sends(Say.subscribe(2, "news"));
        carillon.mailboxes().fail(false);
        alice.sends(Say.subscribe(3, "news"));

        // Then
        assertThat(alice.received())
                .containsExactly(Say.temporary(2, 100, "internal server error"), "{\"id\":3,\"subscribe\":{}}");
    }

    @Test
    void shouldStaySubscribedWhenTheMailboxFailsToTakeAnUnsubscribe() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "news"));

        // When
        carillon.mailboxes().fail(true);
        alice.sends(Say.unsubscribe(3, "news"));
        Entry.State between =
                carillon.row(alice).subscription("news").orElseThrow().state();
        carillon.mailboxes().fail(false);
        alice.sends(Say.unsubscribe(4, "news"));
        carillon.api("publish", "{\"channel\":\"news\",\"data\":1}");

        // Then
        assertThat(between).isEqualTo(Entry.State.ACTIVE);
        assertThat(alice.received())
                .containsExactly(
                        "{\"id\":2,\"subscribe\":{}}",
                        Say.temporary(3, 100, "internal server error"),
                        Say.done(4, "unsubscribe"));
    }

    @Test
    void shouldSubscribeAgainAfterTheMailboxFailedToTakeAnUnsubscribe() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "news"));
        carillon.mailboxes().fail(true);
        alice.sends(Say.unsubscribe(3, "news"));

        // When
        carillon.mailboxes().fail(false);
        alice.sends(Say.subscribe(4, "news"));

        // Then
        assertThat(alice.received()).last().isEqualTo("{\"id\":4,\"subscribe\":{}}");
    }

    @Test
    void shouldSubscribeAgainAfterTheMailboxTookAnUnsubscribeAndItsAnswerWasLost() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "news"));
        carillon.mailboxes().loseAnswers(true);
        alice.sends(Say.unsubscribe(3, "news"));

        // When
        carillon.mailboxes().loseAnswers(false);
        alice.sends(Say.subscribe(4, "news"));
        carillon.api("publish", "{\"channel\":\"news\",\"data\":1}");

        // Then
        List<String> received = alice.received();
        assertThat(received).contains("{\"id\":4,\"subscribe\":{}}");
        assertThat(received.getLast()).contains("\"pub\":{\"data\":1");
    }

    @Test
    void shouldUnsubscribeThoughTheMailboxFailsOnce() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "news"));

        // When
        carillon.mailboxes().failNext();
        alice.sends(Say.unsubscribe(3, "news"));

        // Then
        assertThat(alice.received()).last().isEqualTo(Say.done(3, "unsubscribe"));
    }

    @Test
    void shouldUnsubscribeFromWhatWasNeverSubscribedTo() {
        // Given
        TestClient alice = carillon.connect("alice");

        // When
        alice.sends(Say.unsubscribe(2, "news"), Say.unsubscribe(3, "nowhere:1"), Say.unsubscribe(4, "x".repeat(300)));

        // Then
        assertThat(alice.received())
                .containsExactlyElementsOf(
                        List.of(Say.done(2, "unsubscribe"), Say.done(3, "unsubscribe"), Say.done(4, "unsubscribe")));
        assertThat(carillon.row(alice).subscriptions()).containsOnlyKeys("news");
    }

    @Test
    void shouldForgetOldSubscriptionsButNoLiveOne() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "live"));

        // When
        for (int id = 3; id < 83; id += 2) {
            alice.sends(Say.subscribe(id, "c" + id), Say.unsubscribe(id + 1, "c" + id));
        }

        // Then
        assertThat(carillon.row(alice).subscriptions()).hasSizeLessThan(40).containsKeys("live", "c81", "c79");
    }
}
