package io.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.connection.Connection;
import io.carillon.events.EventData;
import io.carillon.events.PushJob;
import io.carillon.events.PushNotification;
import io.carillon.events.PushTemplating;
import io.carillon.events.RawJson;
import io.carillon.metrics.Measure;
import io.carillon.push.PushGateway.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PushSenderTest {

    private final PushWorld world = new PushWorld();

    @Test
    void shouldReachEveryDeviceOfAUser() {
        // Given
        world.register("phone", "alice");
        world.register("tablet", "alice");
        world.register("other", "bob");

        // When
        world.send("{\"users\":[\"alice\"]}", "n1");
        world.drain();

        // Then
        assertThat(world.gateway().sent()).hasSize(2);
        assertThat(world.status("n1")).containsExactly("phone SENT", "tablet SENT");
    }

    @Test
    void shouldReachADeviceOnceWhenTheQueueRepeatsAndTheBackendToo() {
        // Given
        world.register("phone", "alice");
        world.send("{\"users\":[\"alice\"]}", "n1");
        List<PushJob> jobs = world.queued();

        // When
        world.drain();
        world.requeue(jobs);
        world.drain();
        world.send("{\"device_ids\":[\"phone\",\"phone\"]}", "n1");
        world.drain();

        // Then
        assertThat(world.gateway().sent()).hasSize(1);
    }

    @Test
    void shouldReachEveryDeviceOfATopicPageByPage() {
        // Given
        List<String> ids = IntStream.range(0, PushSender.AT_ONCE + 5)
                .mapToObj(i -> world.register("d%02d".formatted(i), "u" + i, "news"))
                .toList();

        // When
        world.send("{\"topics\":[\"news\"]}", "n1");
        world.drain();

        // Then
        assertThat(world.gateway().sent()).hasSameSizeAs(ids);
        assertThat(world.status("n1")).hasSameSizeAs(ids);
    }

    @Test
    void shouldReachOnlyWhatPassesTheFilter() {
        // Given
        world.register("a", "alice", "news");
        world.register("b", "bob");

        // When
        world.send("{\"filter\":{\"topics\":[\"news\"],\"platforms\":[\"android\"]}}", "n1");
        world.drain();

        // Then
        assertThat(world.status("n1")).containsExactly("a SENT");
    }

    @Test
    void shouldSayOfWhomThereIsNoDevice() {
        // Given
        world.register("phone", "alice");

        // When
        world.send("{\"users\":[\"alice\",\"bob\"]}", "n1");
        world.send("{\"topics\":[\"empty\"]}", "n2");
        world.send("{\"filter\":{\"platforms\":[\"web\"],\"topics\":[\"x\"]}}", "n3");
        world.drain();

        // Then
        assertThat(world.status("n1")).containsExactly("phone SENT", "user:bob NO_DEVICE");
        assertThat(world.status("n2")).containsExactly("* NO_DEVICE");
        assertThat(world.status("n3")).containsExactly("* NO_DEVICE");
    }

    @Test
    void shouldSayThatItFailedWhenTheJobIsSetAsideAndSendItWhenThatIsSentBack() {
        // Given
        world.register("slow", "alice");
        world.register("fast", "alice");
        world.gateway().answer("slow", new Outcome.Later("throttled"));
        world.send("{\"users\":[\"alice\"]}", "n1");
        List<PushJob> again = world.drain();

        // When
        again.forEach(job ->
                assertThat(world.sender().carryOut(job, PushQueue.RECEIVES - 1)).isFalse());
        assertThat(world.status("n1")).containsExactly("fast SENT");
        again.forEach(job ->
                assertThat(world.sender().carryOut(job, PushQueue.RECEIVES)).isFalse());
        List<String> given = world.status("n1");
        world.gateway().answer("slow", new Outcome.Sent("m-2"));
        world.requeue(again);
        world.drain();

        // Then
        assertThat(given).containsExactly("fast SENT", "slow FAILED");
        assertThat(world.status("n1")).containsExactly("fast SENT", "slow SENT");
        assertThat(world.gateway().sent()).hasSize(2);
    }

    @Test
    void shouldForgetTheDeviceWhenItsTokenIsDead() {
        // Given
        world.register("phone", "alice");
        world.gateway().answer("phone", new Outcome.Dead());

        // When
        world.send("{\"device_ids\":[\"phone\",\"nobody\"]}", "n1");
        world.drain();

        // Then
        assertThat(world.status("n1")).containsExactly("nobody NOT_FOUND", "phone TOKEN_DEAD");
        assertThat(world.ports().devices().find("phone")).isEmpty();
        assertThat(world.gateway().tokens()).isEmpty();
        assertThat(world.topic().sent()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("io.carillon.device_failed.v1");
            assertThat(event.subject()).isEqualTo("phone");
            assertThat(event.attributes()).containsEntry("user", "alice");
            assertThat(event.data()).isEqualTo(new EventData.DeviceFailed("alice", "phone", "fcm", "android"));
        });
        assertThat(world.metrics().of(Measure.DEAD_TOKENS)).isEqualTo(1);
        assertThat(world.metrics().of(Measure.PUSHES)).isZero();
    }

    @Test
    void shouldForgetADeviceOnlyWhenOthersHaveBeenTold() {
        // Given
        world.register("phone", "alice");
        world.gateway().answer("phone", new Outcome.Dead());
        List<String> ids = new ArrayList<>();
        world.topic().onSend(sent -> {
            ids.add(sent.getFirst().id());
            if (ids.size() == 1) {
                throw new IllegalStateException("SNS is down");
            }
        });
        world.send("{\"device_ids\":[\"phone\"]}", "n1");
        List<PushJob> jobs = world.queued();

        // When
        assertThatThrownBy(world::drain).hasMessageContaining("SNS is down");
        boolean known = world.ports().devices().find("phone").isPresent();
        world.clock().advance(Duration.ofMinutes(2));
        world.requeue(jobs);
        world.drain();

        // Then
        assertThat(known).isTrue();
        assertThat(world.ports().devices().find("phone")).isEmpty();
        assertThat(ids).hasSize(2).allMatch(ids.getFirst()::equals);
    }

    @Test
    void shouldTryAgainWhenSnsThrottlesAndLeaveTheOthersAlone() {
        // Given
        world.register("slow", "alice");
        world.register("fast", "alice");
        world.gateway().answer("slow", new Outcome.Later("throttled"));
        world.send("{\"users\":[\"alice\"]}", "n1");

        // When
        List<PushJob> again = world.drain();
        world.gateway().answer("slow", new Outcome.Sent("m-2"));
        world.requeue(again);
        world.drain();

        // Then
        assertThat(again).hasSize(1);
        assertThat(world.gateway().sent()).hasSize(2);
        assertThat(world.status("n1")).containsExactly("fast SENT", "slow SENT");
        assertThat(world.metrics().of(Measure.THROTTLED_PUSHES)).isEqualTo(1);
        assertThat(world.metrics().of(Measure.PUSHES)).isEqualTo(2);
    }

    @Test
    void shouldWaitForAnotherSenderAndTakeOverOnlyWhenThatHasDied() {
        // Given
        world.register("phone", "alice");
        world.ports().sends().claim("n1", "phone");
        world.send("{\"device_ids\":[\"phone\"]}", "n1");

        // When
        List<PushJob> again = world.drain();
        world.clock().advance(Duration.ofMinutes(2));
        world.requeue(again);
        world.drain();

        // Then
        assertThat(again).hasSize(1);
        assertThat(world.gateway().sent()).hasSize(1);
    }

    @Test
    void shouldLeaveConnectedUsersAloneWhenOnlyThoseAwayAreMeant() {
        // Given
        world.register("a", "alice");
        world.register("b", "bob");
        connect("alice");
        PushJob job = PushJob.of(
                new PushNotification(
                        "n1", 0, "Hi", "", Map.of(), "", 0, PushNotification.Fcm.NONE, PushNotification.Apns.NONE),
                PushTemplating.NONE);

        // When
        world.requeue(List.of(job.onlyOffline().toUsers(List.of("alice", "bob"))));
        world.drain();

        // Then
        assertThat(world.status("n1")).containsExactly("b SENT", "user:alice CONNECTED");
    }

    @Test
    void shouldSendNoMoreThanTheLimitToADevice() {
        // Given
        world.register("phone", "alice");
        IntStream.range(0, 4).forEach(i -> world.send("{\"users\":[\"alice\"]}", "n" + i));

        // When
        world.drain(world.sender(3));

        // Then
        assertThat(world.gateway().sent()).hasSize(3);
        assertThat(world.status("n3")).containsExactly("phone RATE_LIMITED");
    }

    @Test
    void shouldNotCountAgainstTheLimitsWhatSnsDidNotTake() {
        // Given: one a minute for each device, and one an hour under a key
        world.register("phone", "alice");
        world.gateway().answer("phone", new Outcome.Later("throttled"));
        world.ask("send_push_notification", """
                {"recipient":{"users":["alice"]},"uid":"n1","notification":{"title":"Hi"},
                 "limit_strategy":{"rate_limit":{"key":"ads","policies":[{"rate":1,"interval_ms":3600000},
                  {"rate":2,"interval_ms":7200000}],"drop_if_rate_limited":true}}}""");
        List<PushJob> again = world.drain(world.sender(1));
        assertThat(again).hasSize(1);

        // When
        world.gateway().answer("phone", new Outcome.Sent("m-2"));
        world.requeue(again);
        world.drain(world.sender(1));

        // Then
        assertThat(world.status("n1")).containsExactly("phone SENT");
    }

    @Test
    void shouldDropWhatIsTooLate() {
        // Given
        world.register("phone", "alice");
        world.ask(
                "send_push_notification",
                "{\"recipient\":{\"users\":[\"alice\"]},\"notification\":{\"uid\":\"n1\",\"title\":\"Hi\",\"expire_at\":%d}}"
                        .formatted(world.clock().seconds() + 10));

        // When
        world.clock().advance(Duration.ofSeconds(11));
        world.drain();

        // Then
        assertThat(world.status("n1")).containsExactly("phone EXPIRED");
    }

    @Test
    void shouldTellEachDeviceInItsLanguage() {
        // Given
        world.register("a", "alice");
        world.register("b", "bob");
        world.ask("device_update", "{\"ids\":[\"b\"],\"locale_update\":{\"locale\":\"pt-BR\"}}");

        // When
        world.ask("send_push_notification", """
                {"recipient":{"users":["alice","bob"]},"notification":{"title":"{{l10n.hi}}, {{device.user}}"},
                 "localizations":{"default":{"translations":{"hi":"Hello"}},"pt":{"translations":{"hi":"Olá"}}}}""");
        world.drain();

        // Then
        assertThat(world.gateway().sent())
                .anyMatch(sent -> sent.message().body().contains("Hello, alice"))
                .anyMatch(sent -> sent.message().body().contains("Olá, bob"));
    }

    @Test
    void shouldSayThatItIsTooLargeWithWhatADeviceBrings() {
        // Given
        world.register("a", "alice");
        world.ask(
                "device_update",
                "{\"ids\":[\"a\"],\"meta_update\":{\"meta\":{\"name\":\"%s\"}}}".formatted("x".repeat(4096)));

        // When
        world.ask("send_push_notification", """
                {"recipient":{"users":["alice"]},"notification":{"title":"{{device.meta.name}}"},
                 "uid":"n1","use_templating":true,"use_meta":true}""");
        List<PushJob> again = world.drain();

        // Then
        assertThat(again).isEmpty();
        assertThat(world.gateway().sent()).isEmpty();
        assertThat(world.status("n1")).containsExactly("a REFUSED");
    }

    @Test
    void shouldRefuseTwoNames() {
        assertThatThrownBy(() -> world.ask("send_push_notification", """
                        {"recipient":{"users":["alice"]},"notification":{"uid":"a","title":"Hi"},"uid":"b"}"""))
                .hasMessageContaining("uid and notification.uid differ");
    }

    @Test
    void shouldRefuseADeviceWhoseIdCouldBeAUser() {
        assertThatThrownBy(() -> world.register("user:alice", "mallory"))
                .isInstanceOf(PushRefused.class)
                .hasMessageContaining("id must be made of");
        assertThatThrownBy(() -> world.register("*", "mallory")).hasMessageContaining("id must be made of");
        assertThatThrownBy(() -> world.send("{\"device_ids\":[\"user:alice\"]}", ""))
                .hasMessageContaining("device_ids must be made of");
        assertThatThrownBy(() -> world.ask(
                        "update_push_status",
                        "{\"analytics_uid\":\"n1\",\"device_id\":\"user:alice\",\"status\":\"delivered\"}"))
                .hasMessageContaining("device_id must be made of");
    }

    @Test
    void shouldRefuseWhatNamesNobodyOrTooMany() {
        assertThatThrownBy(() -> world.send("{}", "")).hasMessageContaining("exactly one of");
        assertThatThrownBy(() -> world.send("{\"users\":[\"a\"],\"topics\":[\"b\"]}", ""))
                .hasMessageContaining("exactly one of");
        List<String> many =
                IntStream.range(0, 1001).mapToObj(i -> "\"u" + i + "\"").toList();
        assertThatThrownBy(() -> world.send("{\"users\":" + many + "}", "")).hasMessageContaining("1000");
    }

    private void connect(String user) {
        Connection opened = Connection.opened("c-" + user, world.clock().millis());
        world.connections().open(opened);
        world.connections()
                .establish(new Connection(
                        opened.id(),
                        true,
                        "client",
                        user,
                        RawJson.NONE,
                        RawJson.NONE,
                        "",
                        opened.connectedAt(),
                        0,
                        0,
                        0,
                        Map.of()));
    }
}
