package io.carillon.push;

import io.carillon.config.Config;
import io.carillon.dynamodb.PushStores;
import io.carillon.events.ApiRequest;
import io.carillon.events.PushJob;
import io.carillon.events.PushRequest;
import io.carillon.events.PushResult;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeConnections;
import io.carillon.fakes.FakeEventTopic;
import io.carillon.fakes.FakeMailboxes;
import io.carillon.fakes.FakeMetrics;
import io.carillon.fakes.FakePushGateway;
import io.carillon.topic.Announcements;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Mobile push with a fake SNS, and a queue that a test empties. */
final class PushWorld {

    private static final AtomicInteger WORLDS = new AtomicInteger();

    private static final Config TELLING = Config.read(
            "{\"client\":{\"allow_anonymous_connect_without_token\":true},\"http_api\":{\"key\":\"key\"},\"carillon\":{\"events\":[\"device_failed\"]}}");

    private final FakeClock clock = new FakeClock();
    private final FakePushGateway gateway = new FakePushGateway();
    private final FakeConnections connections = new FakeConnections(clock);
    private final FakeEventTopic topic = new FakeEventTopic();
    private final FakeMetrics metrics = new FakeMetrics();
    private final Deque<PushJob> queue = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final PushPorts ports;
    private final PushApi api;

    PushWorld() {
        ports = PushStores.ports("push" + WORLDS.incrementAndGet(), clock, gateway, (jobs, delay) -> {
            queue.addAll(jobs);
            delays.add(delay);
        });
        api = new PushApi(ports, clock);
    }

    FakeClock clock() {
        return clock;
    }

    FakePushGateway gateway() {
        return gateway;
    }

    FakeConnections connections() {
        return connections;
    }

    FakeEventTopic topic() {
        return topic;
    }

    FakeMetrics metrics() {
        return metrics;
    }

    PushPorts ports() {
        return ports;
    }

    List<Duration> delays() {
        return delays;
    }

    PushResult ask(String method, String body) {
        return api.answer((PushRequest) ApiRequest.read(method, body));
    }

    /** Registers an Android device whose id is its token, and gives that. */
    String register(String token, String user, String... topics) {
        List<String> quoted =
                List.of(topics).stream().map(topic -> "\"" + topic + "\"").toList();
        ask(
                "device_register",
                "{\"id\":\"%s\",\"provider\":\"fcm\",\"token\":\"%s\",\"platform\":\"android\",\"user\":\"%s\",\"topics\":%s}"
                        .formatted(token, token, user, quoted));
        return token;
    }

    /** Sends a notification, and gives its uid. */
    String send(String recipient, String uid) {
        PushResult sent = ask(
                "send_push_notification",
                "{\"recipient\":%s,\"notification\":{\"uid\":\"%s\",\"title\":\"Hi\"}}".formatted(recipient, uid));
        return ((PushResult.SendPushNotification) sent).uid();
    }

    PushSender sender() {
        return sender(0);
    }

    PushSender sender(int perMinute) {
        return new PushSender(
                ports,
                connections,
                perMinute,
                clock,
                metrics,
                new Announcements(topic, new FakeMailboxes(clock), TELLING, clock));
    }

    /** Carries out all that is in the queue, and what comes of it; gives what is to be tried again. */
    List<PushJob> drain(PushSender sender) {
        List<PushJob> again = new ArrayList<>();
        while (!queue.isEmpty()) {
            PushJob job = queue.removeFirst();
            if (!sender.carryOut(job)) {
                again.add(job);
            }
        }
        return again;
    }

    List<PushJob> drain() {
        return drain(sender());
    }

    /** What waits in the queue. */
    List<PushJob> queued() {
        return List.copyOf(queue);
    }

    /** Takes what waits in the queue. */
    List<PushJob> takeAll() {
        List<PushJob> jobs = List.copyOf(queue);
        queue.clear();
        return jobs;
    }

    void requeue(List<PushJob> jobs) {
        queue.addAll(jobs);
    }

    /** What became of a notification, as {@code recipient status}. */
    List<String> status(String uid) {
        return ports.sends().of(uid, "", 100).items().stream()
                .map(end -> end.recipient() + " " + end.status())
                .toList();
    }
}
