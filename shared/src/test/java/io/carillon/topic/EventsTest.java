package io.carillon.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.connection.Closer;
import io.carillon.events.CloudEvent;
import io.carillon.events.Json;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {

    private static final String CHANNELS = """
            "namespaces":[
              {"name":"chat","history_size":10,"history_ttl":"60s","join_leave":true,"allow_subscribe_for_client":true,
               "allow_publish_for_client":true,
               "carillon":{"events":["publication","join","leave","occupied","vacated"]}},
              {"name":"cursor","allow_subscribe_for_client":true,"carillon":{"events":["publication"]}},
              {"name":"quiet","history_size":10,"history_ttl":"60s","join_leave":true,"allow_subscribe_for_client":true}]""";

    private final TestCarillon carillon =
            TestCarillon.with("", CHANNELS, "\"carillon\":{\"events\":[\"connected\",\"disconnected\"]}");

    @Test
    void shouldTellOfPublicationsOnceTheLogHoldsThem() {
        // Given
        AtomicBoolean held = new AtomicBoolean();
        carillon.topic()
                .onSend(events -> held.set(carillon.api("history", "{\"channel\":\"chat:a\",\"limit\":1}")
                        .contains("\"offset\":1")));

        // When
        carillon.api("publish", "{\"channel\":\"chat:a\",\"data\":{\"n\": 1.0},\"tags\":{\"k\":\"v\"}}");

        // Then
        assertThat(held).isTrue();
        CloudEvent event = carillon.topic().sent().getFirst();
        assertThat(event.subject()).isEqualTo("chat:a");
        assertThat(event.attributes())
                .isEqualTo(Map.of("type", "io.carillon.publication.v1", "namespace", "chat", "channel", "chat:a"));
        assertThat(Json.write(event.data()))
                .contains("\"data\":{\"n\": 1.0}", "\"offset\":1", "\"tags\":{\"k\":\"v\"}");
        assertThat(event.id()).startsWith("publication:chat:a:").endsWith(":1");
    }

    @Test
    void shouldTellOnceWhenACallIsRepeated() {
        // When
        String publish = "{\"channel\":\"chat:a\",\"data\":1,\"idempotency_key\":\"k\"}";
        carillon.api("publish", publish);
        carillon.api("publish", publish);

        // Then
        assertThat(carillon.topic().sent()).hasSize(1);
    }

    @Test
    void shouldTellWhoPublishes() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.topic().sent();

        // When
        alice.sends("{\"id\":2,\"publish\":{\"channel\":\"chat:a\",\"data\":1}}");

        // Then
        assertThat(carillon.topic().sent())
                .singleElement()
                .satisfies(event -> assertThat(event.attributes()).containsEntry("user", "alice"));
    }

    private void topicIsDown() {
        carillon.holdMail();
        carillon.topic().onSend(events -> {
            throw new IllegalStateException("SNS is down");
        });
    }

    private List<String> toldOnceTheTopicIsBack() {
        carillon.topic().onSend(events -> {});
        carillon.deliver();
        return carillon.topic().sent().stream().map(CloudEvent::type).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat:a", "cursor:a"})
    void shouldTellOfAPublicationLaterWhenTheTopicIsDown(String channel) {
        // Given
        topicIsDown();

        // When
        String published = carillon.api("publish", "{\"channel\":\"%s\",\"data\":1}".formatted(channel));

        // Then
        assertThat(published).startsWith("{\"result\"");
        assertThat(toldOnceTheTopicIsBack()).containsExactly("io.carillon.publication.v1");
    }

    @Test
    void shouldRefuseAPublishThatNobodyCouldBeToldOf() {
        // Given
        carillon.mailboxes().failNext();

        // When
        String refused = carillon.api("publish", "{\"channel\":\"chat:a\",\"data\":1}");

        // Then
        assertThat(refused).contains("\"code\":100");
        assertThat(carillon.api("history", "{\"channel\":\"chat:a\",\"limit\":1}"))
                .contains("\"publications\":[]");
    }

    @Test
    void shouldDeliverAndTellLaterWhoComesAndGoesWhenTheTopicIsDown() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.topic().sent();
        AtomicBoolean down = new AtomicBoolean(true);
        carillon.topic().onSend(events -> {
            if (down.getAndSet(false)) {
                throw new IllegalStateException("SNS is down");
            }
        });

        // When
        alice.sends("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");

        // Then
        assertThat(alice.received().getFirst()).startsWith("{\"id\":2,\"subscribe\":{");
        assertThat(carillon.topic().sent())
                .extracting(CloudEvent::type)
                .containsExactly("io.carillon.occupied.v1", "io.carillon.join.v1");
    }

    @Test
    void shouldTellOfPublicationsWithoutHistory() {
        // When
        carillon.api("publish", "{\"channel\":\"cursor:a\",\"data\":1}");
        carillon.api("publish", "{\"channel\":\"cursor:a\",\"data\":1}");

        // Then
        List<CloudEvent> sent = carillon.topic().sent();
        assertThat(sent).extracting(CloudEvent::id).hasSize(2).doesNotHaveDuplicates();
        assertThat(sent)
                .allSatisfy(event -> assertThat(Json.write(event.data())).doesNotContain("offset", "epoch"));
    }

    @Test
    void shouldTellWhoComesAndGoes() {
        // Given
        TestClient alice = carillon.connect("alice");
        TestClient bob = carillon.connect("bob");
        carillon.topic().sent();

        // When
        alice.sends("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");
        bob.sends("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");
        alice.sends("{\"id\":3,\"unsubscribe\":{\"channel\":\"chat:a\"}}");
        bob.sends("{\"id\":3,\"unsubscribe\":{\"channel\":\"chat:a\"}}");

        // Then
        List<CloudEvent> sent = carillon.topic().sent();
        assertThat(sent)
                .extracting(event -> event.type() + " " + event.data().actor())
                .containsExactly(
                        "io.carillon.occupied.v1 ",
                        "io.carillon.join.v1 alice",
                        "io.carillon.join.v1 bob",
                        "io.carillon.leave.v1 alice",
                        "io.carillon.leave.v1 bob",
                        "io.carillon.vacated.v1 ");
        assertThat(sent).extracting(CloudEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void shouldTellOfConnections() {
        // When
        TestClient alice = carillon.connect("alice");
        String client = alice.client();
        carillon.carillon().closer().forget(alice.id());
        carillon.carillon().closer().forget(alice.id());
        TestClient silent = carillon.open();
        carillon.carillon().closer().forget(silent.id());

        // Then
        assertThat(carillon.topic().sent())
                .extracting(CloudEvent::id)
                .containsExactly("connected:" + client, "disconnected:" + client);
    }

    @Test
    void shouldLetClientsConnectAndTellOfThemLaterWhenTheTopicIsDown() {
        // Given
        topicIsDown();
        TestClient client = carillon.open();

        // When
        client.sends("{\"id\":1,\"connect\":{\"token\":\"%s\"}}"
                .formatted(carillon.tokens().connection("alice").sign()));
        carillon.carillon().closer().forget(client.id());

        // Then
        assertThat(client.received().getFirst()).startsWith("{\"id\":1,\"connect\":{");
        assertThat(toldOnceTheTopicIsBack()).containsExactly("io.carillon.connected.v1", "io.carillon.disconnected.v1");
    }

    @Test
    void shouldKeepTheConnectionUntilItsEndIsToldOf() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.topic().sent();
        topicIsDown();
        carillon.mailboxes().fail(true);
        Closer closer = carillon.carillon().closer();
        assertThatThrownBy(() -> closer.forget(alice.id())).isInstanceOf(RuntimeException.class);

        // When
        carillon.mailboxes().fail(false);
        carillon.topic().onSend(events -> {});
        closer.forgetAll(List.of(alice.id()));

        // Then
        assertThat(carillon.topic().sent()).extracting(CloudEvent::type).containsExactly("io.carillon.disconnected.v1");
    }

    @Test
    void shouldTellNothingWhereNobodyAsks() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.topic().sent();

        // When
        alice.sends("{\"id\":2,\"subscribe\":{\"channel\":\"quiet:a\"}}");
        carillon.api("publish", "{\"channel\":\"quiet:a\",\"data\":1}");
        alice.sends("{\"id\":3,\"unsubscribe\":{\"channel\":\"quiet:a\"}}");

        // Then
        assertThat(carillon.topic().sent()).isEmpty();
        assertThat(alice.received()).doesNotContain(Say.temporary(2, 100, "internal server error"));
    }
}
