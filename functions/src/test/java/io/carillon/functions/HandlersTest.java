package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.connection.Connection;
import io.carillon.delivery.MailRound;
import io.carillon.events.MalformedJson;
import io.carillon.events.aws.Sample;
import io.carillon.fakes.FakeOutboxes;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The handlers with the events that AWS sends: bytes in, bytes out. */
class HandlersTest {

    private static final String ID = "HfAbCcDdEeFfGgA=";
    private static final String OK = "{\"statusCode\":200}";
    private static final String CHANNELS = """
            "namespaces":[{"name":"chat","history_size":10,"history_ttl":"60s","allow_subscribe_for_client":true,
             "allow_subscribe_for_anonymous":true}]""";

    private final List<MailRound.Letter> deadLetters = new ArrayList<>();
    private final TestCarillon carillon = TestCarillon.with(
            "\"allow_anonymous_connect_without_token\":true,\"allowed_origins\":[\"https://app.example.com\"]",
            CHANNELS);

    @Test
    void shouldRecordTheSocketWhenItsOriginIsAllowed() {
        // Given
        ConnectHandler handler = new ConnectHandler(carillon.carillon().doorkeeper());
        String origin = "https://app.example.com";

        // When
        String answer = invoke(handler, connectEvent(origin));

        // Then
        assertThat(answer).isEqualTo(OK);
        assertThat(carillon.connections().find(ID)).isPresent();
    }

    @Test
    void shouldAnswer403WhenTheOriginIsNotAllowed() {
        // Given
        ConnectHandler handler = new ConnectHandler(carillon.carillon().doorkeeper());

        // When
        String answer = invoke(handler, connectEvent("https://evil.example"));

        // Then
        assertThat(answer).isEqualTo("{\"statusCode\":403}");
        assertThat(carillon.connections().find(ID)).isEmpty();
    }

    @Test
    void shouldAnswerAFrameWithTheRouteResponse() {
        // Given
        MessageHandler handler = new MessageHandler(carillon.carillon().frameHandler());
        open();

        // When
        String answer = invoke(handler, message("{\\\"id\\\":1,\\\"connect\\\":{}}"));

        // Then
        assertThat(answer)
                .startsWith("{\"statusCode\":200,\"body\":\"{\\\"id\\\":1,\\\"connect\\\":{\\\"client\\\":\\\"");
    }

    @Test
    void shouldAnswerWithoutABodyWhenThereIsNothingToSay() {
        // Given
        MessageHandler handler = new MessageHandler(carillon.carillon().frameHandler());
        open();

        // When
        String posted = invoke(handler, Sample.WEBSOCKET_MESSAGE.text());
        String pong = invoke(handler, message("{}"));

        // Then
        assertThat(posted).isEqualTo(OK);
        assertThat(pong).isEqualTo(OK);
        assertThat(carillon.poster().lines(ID)).singleElement().asString().startsWith("{\"id\":1,\"connect\":");
    }

    @Test
    void shouldForgetTheConnectionWhenItHasEnded() {
        // Given
        DisconnectHandler handler = new DisconnectHandler(carillon.carillon().closer());
        open();

        // When
        String first = invoke(handler, Sample.WEBSOCKET_DISCONNECT.text());
        String again = invoke(handler, Sample.WEBSOCKET_DISCONNECT.text());

        // Then
        assertThat(first).isEqualTo(OK).isEqualTo(again);
        assertThat(carillon.connections().find(ID)).isEmpty();
    }

    @Test
    void shouldAnswerTheServerApiWithTheBytesOfThePayload() {
        // Given
        ApiHandler handler = new ApiHandler(carillon.carillon().httpFront());
        TestClient client = carillon.connectAnonymously();
        client.sends(Say.subscribe(2, "chat:room1"));
        client.received();

        // When
        String answer = invoke(handler, withKey(Sample.HTTP_REQUEST.text()));
        carillon.deliver();

        // Then
        assertThat(answer)
                .isEqualTo("{\"statusCode\":200,\"headers\":{\"content-type\":\"application/json\"},"
                        + "\"body\":\"{\\\"result\\\":{\\\"offset\\\":1,\\\"epoch\\\":\\\"epoch1\\\"}}\"}");
        assertThat(client.received()).singleElement().asString().contains("{\"text\":\"hello\",\"n\":1.10}");
    }

    @Test
    void shouldTakeABodyThatApiGatewayHasEncoded() {
        // Given
        ApiHandler handler = new ApiHandler(carillon.carillon().httpFront());

        // When
        String answer = invoke(handler, withKey(Sample.HTTP_REQUEST_BASE64.text()));

        // Then
        assertThat(answer).contains("{\\\"result\\\":{\\\"offset\\\":1,");
    }

    @Test
    void shouldAnswerABare401WithoutTheKey() {
        // Given
        ApiHandler handler = new ApiHandler(carillon.carillon().httpFront());

        // When
        String answer = invoke(handler, Sample.HTTP_REQUEST.text());

        // Then
        assertThat(answer).isEqualTo("{\"statusCode\":401}");
    }

    @Test
    void shouldAnswerAPollOfASessionThatIsOpenAndNoOther() {
        // Given
        String poll = Sample.HTTP_POLL.text().replace("https://chat.example.com", "https://app.example.com");
        PollHandler handler = new PollHandler(carillon.carillon().longPollFront(new FakeOutboxes(carillon.clock())));
        String opened = invoke(handler, poll.replace("long_poll/poll", "long_poll/open"));
        Matcher session =
                Pattern.compile("\\\\\"session\\\\\":\\\\\"([^\\\\]+)").matcher(opened);

        // When
        String unknown = invoke(handler, poll);
        String known =
                session.find() ? invoke(handler, poll.replace("AAAAAAAAAAAAAAAAAAAAAAAA", session.group(1))) : opened;

        // Then
        assertThat(unknown).startsWith("{\"statusCode\":410,");
        assertThat(known).startsWith("{\"statusCode\":200,").endsWith("\"body\":\"{}\"}");
    }

    @Test
    void shouldDeliverTheBatchOfAQueueAndSetAsideWhatCannotBeRead() {
        // Given
        DeliverHandler handler = new DeliverHandler(carillon.carillon().deliverer(), deadLetters::add);
        String unreadable = Sample.SQS_FIFO_BATCH.text().replaceFirst("\"body\": \"\\{", "\"body\": \"");

        // When
        String done = invoke(handler, Sample.SQS_FIFO_BATCH.text());
        String setAside = invoke(handler, unreadable);

        // Then
        assertThat(done).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(setAside).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(deadLetters)
                .extracting(MailRound.Letter::id)
                .containsExactly("059f36b4-87a3-44ab-83d2-661975830a7d");
    }

    @Test
    void shouldGiveBackAllOfAMailboxWhoseDeliveryFails() {
        // Given
        DeliverHandler handler = new DeliverHandler(carillon.carillon().deliverer(), deadLetters::add);
        carillon.connectAnonymously().sends(Say.subscribe(2, "chat:room1"));
        carillon.mailboxes().fail(true);

        // When
        String answer = invoke(handler, Sample.SQS_FIFO_BATCH.text());

        // Then
        assertThat(answer)
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"059f36b4-87a3-44ab-83d2-661975830a7d\"},"
                        + "{\"itemIdentifier\":\"2e1424d4-f796-459a-8184-9c92662be6da\"}]}");
    }

    @Test
    void shouldBeatForTheMinuteOfTheSchedule() {
        // Given
        HeartbeatHandler handler = new HeartbeatHandler(carillon.carillon().heartbeat());
        TestClient client = carillon.connectAnonymously();

        // When
        for (int minute = 0; minute < 7; minute++) {
            Instant due = Instant.parse("2026-03-16T00:00:00Z").plusSeconds(60L * minute);
            invoke(handler, Sample.SCHEDULE.text().replaceFirst("\"time\": \"[^\"]*\"", "\"time\": \"" + due + "\""));
        }

        // Then
        assertThat(carillon.poster().lines(client.id())).containsOnlyOnce("{}");
    }

    @Test
    void shouldFailForAnEventOfAnotherKind() {
        // Given
        HeartbeatHandler handler = new HeartbeatHandler(carillon.carillon().heartbeat());

        // When / Then
        assertThatThrownBy(() -> invoke(handler, "{}")).isInstanceOf(MalformedJson.class);
    }

    private void open() {
        carillon.connections()
                .open(Connection.opened(ID, carillon.clock().instant().toEpochMilli()));
    }

    private static String connectEvent(String origin) {
        return Sample.WEBSOCKET_CONNECT.text().replace("https://chat.example.com", origin);
    }

    private static String message(String body) {
        String sample = Sample.WEBSOCKET_MESSAGE.text();
        int start = sample.indexOf("\"body\": \"") + "\"body\": \"".length();
        int end = sample.indexOf("\",\n", start);
        return sample.substring(0, start) + body + sample.substring(end);
    }

    private static String withKey(String event) {
        return event.replace("not-a-real-key", TestCarillon.KEY);
    }

    private static String invoke(RequestStreamHandler handler, String event) {
        return Invoked.with(handler, event);
    }
}
