package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.Json;
import io.carillon.events.PushJob;
import io.carillon.events.PushNotification;
import io.carillon.events.PushTemplating;
import io.carillon.events.aws.Sample;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeConnections;
import io.carillon.fakes.FakeMetrics;
import io.carillon.fakes.FakePushGateway;
import io.carillon.push.Members;
import io.carillon.push.Provider;
import io.carillon.push.PushGateway.Outcome;
import io.carillon.push.PushPorts;
import io.carillon.push.PushQueue;
import io.carillon.push.PushSender;
import io.carillon.push.Sends;
import io.carillon.push.UserTopics;
import io.carillon.topic.Announcements;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The push handler with the batches that SQS sends: bytes in, bytes out. */
class PushHandlerTest {

    private static final String NONE_FAILED = "{\"batchItemFailures\":[]}";

    private final FakeClock clock = new FakeClock();
    private final FakePushGateway gateway = new FakePushGateway();
    private final FakeDevices devices = new FakeDevices();
    private final FakeSends sends = new FakeSends();
    private final PushHandler handler = new PushHandler(
            new PushSender(ports(), new FakeConnections(clock), 0, clock, new FakeMetrics(), Announcements.none()));

    @BeforeEach
    void register() {
        for (String id : List.of("phone", "tablet", "watch")) {
            devices.add(id, "alice", gateway.endpoint(Provider.FCM, id, Optional.empty()));
        }
    }

    @Test
    void shouldSendTheSampleEventAsItIs() {
        // When
        String answer = invoke(Sample.SQS_BATCH.text());

        // Then
        assertThat(answer).isEqualTo(NONE_FAILED);
        assertThat(gateway.sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.message().body()).contains("News", "It rains"));
        assertThat(end("news-1", "phone")).contains(Sends.Status.SENT);
    }

    @Test
    void shouldSendEachJobOfABatchAndReportNoFailures() {
        // Given
        String batch = batch(record("m1", job("n1", "phone")), record("m2", toUser("n2", "alice")));

        // When
        String answer = invoke(batch);

        // Then
        assertThat(answer).isEqualTo(NONE_FAILED);
        assertThat(bodies()).hasSize(4);
        assertThat(bodies()).filteredOn(body -> body.contains("n1")).hasSize(1);
        assertThat(bodies()).filteredOn(body -> body.contains("n2")).hasSize(3);
    }

    @Test
    void shouldReportAloneWhatSnsDoesNotTakeAndSendItTheNextTime() {
        // Given
        gateway.answer("tablet", new Outcome.Later("throttled"));
        String throttled = record("m2", job("n2", "tablet"));

        // When
        String answer = invoke(batch(record("m1", job("n1", "phone")), throttled, record("m3", job("n3", "watch"))));
        gateway.answer("tablet", new Outcome.Sent("m-2"));
        String again = invoke(batch(throttled));

        // Then
        assertThat(answer).isEqualTo(failed("m2"));
        assertThat(again).isEqualTo(NONE_FAILED);
        assertThat(bodies()).hasSize(3);
    }

    @Test
    void shouldReportAloneAJobThatThrows() {
        // When
        String answer = invoke(batch(record("m1", job("n1", FakeDevices.BROKEN)), record("m2", job("n2", "phone"))));

        // Then
        assertThat(answer).isEqualTo(failed("m1"));
        assertThat(end("n2", "phone")).contains(Sends.Status.SENT);
    }

    @Test
    void shouldGiveBackAJobThatCannotBeReadAndSendTheOthers() {
        // Given: the queue itself sets it aside in the end, as one of a newer version that was rolled back
        String unreadable = record("m1", "{\"notification\":7}");

        // When
        String answer = invoke(batch(unreadable, record("m2", job("n2", "phone")), record("m3", "not JSON")));

        // Then
        assertThat(answer).isEqualTo(failed("m1", "m3"));
        assertThat(end("n2", "phone")).contains(Sends.Status.SENT);
    }

    @Test
    void shouldSendNothingTwiceWhenABatchIsRepeated() {
        // Given
        String batch = batch(
                record("m1", job("n1", "phone")),
                record("m2", toUser("n2", "alice")),
                record("m3", job("n1", "phone")));

        // When
        String first = invoke(batch);
        String second = invoke(batch);

        // Then
        assertThat(first).isEqualTo(NONE_FAILED).isEqualTo(second);
        assertThat(bodies()).hasSize(4);
    }

    @Test
    void shouldNoteThatItHasFailedOnlyAtTheLastTime() {
        // Given
        gateway.answer("phone", new Outcome.Later("throttled"));
        String record = record("m1", job("n1", "phone"));

        // When
        String before = invoke(batch(received(record, PushQueue.RECEIVES - 1)));
        Optional<Sends.Status> afterThat = end("n1", "phone");
        String last = invoke(batch(received(record, PushQueue.RECEIVES)));

        // Then
        assertThat(before).isEqualTo(failed("m1")).isEqualTo(last);
        assertThat(afterThat).isEmpty();
        assertThat(end("n1", "phone")).contains(Sends.Status.FAILED);
    }

    private PushPorts ports() {
        return new PushPorts(
                devices, unused(UserTopics.class), unused(Members.class), sends, gateway, unused(PushQueue.class));
    }

    /** Jobs that name devices or users need no more than these and SNS. */
    private static <T> T unused(Class<T> port) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.toString());
                }));
    }

    private Optional<Sends.Status> end(String uid, String device) {
        return sends.end(uid, device).map(Sends.Delivery::status);
    }

    private List<String> bodies() {
        return gateway.sent().stream().map(sent -> sent.message().body()).toList();
    }

    private static String job(String uid, String device) {
        return Json.write(job(uid).toDevices(List.of(device)));
    }

    private static String toUser(String uid, String user) {
        return Json.write(job(uid).toUsers(List.of(user)));
    }

    private static PushJob job(String uid) {
        PushNotification notification = new PushNotification(
                uid, 0, "Hi", "", Map.of(), "", 0, PushNotification.Fcm.NONE, PushNotification.Apns.NONE);
        return PushJob.of(notification, PushTemplating.NONE);
    }

    /** A record of the sample's kind. */
    private static String record(String messageId, String body) {
        String sample = Sample.SQS_BATCH.text();
        String record = sample.substring(sample.indexOf('[') + 1, sample.lastIndexOf(']'));
        return record.replaceFirst("\"messageId\": \"[^\"]*\"", "\"messageId\": \"" + messageId + "\"")
                .replaceFirst("\"body\": .*,\n", Matcher.quoteReplacement("\"body\": " + Json.write(body) + ",\n"));
    }

    private static String received(String record, int times) {
        return record.replace("\"ApproximateReceiveCount\": \"1\"", "\"ApproximateReceiveCount\": \"" + times + "\"");
    }

    private static String batch(String... records) {
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }

    private static String failed(String... ids) {
        return "{\"batchItemFailures\":["
                + Stream.of(ids).map("{\"itemIdentifier\":\"%s\"}"::formatted).collect(Collectors.joining(","))
                + "]}";
    }

    private String invoke(String event) {
        return Invoked.with(handler, event);
    }
}
