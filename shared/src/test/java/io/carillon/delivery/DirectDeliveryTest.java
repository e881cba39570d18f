package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Ports;
import io.carillon.channel.Draft;
import io.carillon.channel.Publisher;
import io.carillon.config.ChannelOptions;
import io.carillon.connection.Closer;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.ClientInfo;
import io.carillon.events.Mail;
import io.carillon.events.RawJson;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectDeliveryTest {

    private static final String NAMESPACES = """
            "namespaces":[{"name":"cursors","allow_subscribe_for_client":true,"allow_publish_for_client":true},\
            {"name":"news","history_size":10,"history_ttl":"1m","allow_subscribe_for_client":true}]""";
    private static final String CURSOR = "{\"push\":{\"channel\":\"cursors:a\",\"pub\":{\"data\":7";

    private final TestCarillon carillon = TestCarillon.with("", NAMESPACES, Map.of());

    private TestClient subscribed(String user, String channel) {
        TestClient client = carillon.connect(user);
        client.sends("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
        client.received();
        return client;
    }

    private void publish(String channel) {
        assertThat(carillon.api("publish", "{\"channel\":\"" + channel + "\",\"data\":7}"))
                .contains("\"result\"");
    }

    @Test
    void shouldReachSubscribersWithoutAMailboxWhenAChannelHasNoHistory() {
        // Given mailboxes that nobody empties
        TestClient alice = subscribed("alice", "cursors:a");
        carillon.holdMail();

        // When
        publish("cursors:a");

        // Then
        assertThat(alice.received()).singleElement().asString().startsWith(CURSOR);
        carillon.deliver();
        assertThat(alice.received()).isEmpty();
    }

    @Test
    void shouldWaitForItsTurnInTheMailboxWhenAChannelHasHistory() {
        // Given
        TestClient alice = subscribed("alice", "news:a");
        carillon.holdMail();

        // When
        publish("news:a");

        // Then
        assertThat(alice.received()).isEmpty();
        carillon.deliver();
        assertThat(alice.received()).hasSize(1);
    }

    @Test
    void shouldUseTheMailboxWhenThereAreTooManySubscribersToPostToAtOnce() {
        // Given
        TestClient alice = subscribed("alice", "cursors:a");
        for (int i = 0; i < DirectDelivery.FEW; i++) {
            subscribed("user" + i, "cursors:a");
        }
        carillon.holdMail();

        // When
        publish("cursors:a");

        // Then
        assertThat(alice.received()).isEmpty();
        carillon.deliver();
        assertThat(alice.received()).singleElement().asString().startsWith(CURSOR);
    }

    @Test
    void shouldSendNoMailToChannelsWithoutSubscribersNorToThoseItReaches() {
        // Given
        Ports ports = carillon.ports();
        subscribed("alice", "cursors:a");
        List<Letter> sent = new ArrayList<>();
        Mailboxes watched = letters -> {
            sent.addAll(letters);
            ports.mailboxes().send(letters);
        };
        Publisher publisher = publisher(ports, watched);

        // When
        publish(publisher, "cursors:a");
        publish(publisher, "cursors:nobody");

        // Then
        assertThat(sent).extracting(Letter::mail).noneMatch(Mail.Published.class::isInstance);
    }

    private static Publisher publisher(Ports ports, Mailboxes mailboxes) {
        Closer closer = new Closer(ports.connections(), mailboxes);
        return new Publisher(
                ports.log(),
                mailboxes,
                new DirectDelivery(ports.log(), ports.subscribers(), ports.poster(), closer),
                ports.clock());
    }

    private static void publish(Publisher publisher, String channel) {
        publisher.publish(channel, ChannelOptions.read("{}"), Draft.from(ClientInfo.NONE, RawJson.of("7")));
    }

    @Test
    void shouldForgetAConnectionThatIsGoneWhenItPostsToIt() {
        // Given
        TestClient alice = subscribed("alice", "cursors:a");
        TestClient bob = subscribed("bob", "cursors:a");
        carillon.poster().answer(alice.id(), Poster.Outcome.GONE);

        // When
        publish("cursors:a");

        // Then
        assertThat(bob.received()).hasSize(1);
        assertThat(carillon.connections().find(alice.id())).isEmpty();
        assertThat(carillon.ports().subscribers().in("cursors:a", 0))
                .extracting(Subscriber::connection)
                .containsExactly(bob.id());
    }
}
