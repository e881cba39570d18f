package io.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.events.PushJob;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaterTest {

    private static final String HOURLY = "\"limit_strategy\":{\"rate_limit\":{\"policies\":["
            + "{\"rate\":1,\"interval_ms\":3600000}],\"drop_if_rate_limited\":%s}}";
    private static final String MORNING = "\"limit_strategy\":{\"time_limit\":{\"send_after_time\":\"%s\","
            + "\"send_before_time\":\"%s\",\"no_tz_send_now\":%s}}";

    private final PushWorld world = new PushWorld();

    @Test
    void shouldSendAtTheTimeThatWasAskedFor() {
        // Given
        world.register("phone", "alice");
        Duration ahead = Duration.ofMinutes(10);
        send("n1", "\"send_at\":" + (seconds() + ahead.toSeconds()));

        // When
        step();
        step();
        assertThat(world.delays()).containsSubsequence(PushSender.HOP);
        assertThat(world.gateway().sent()).isEmpty();
        world.clock().advance(ahead);
        step();

        // Then
        assertThat(world.gateway().sent()).hasSize(1);
        assertThat(world.status("n1")).containsExactly("phone SENT");
    }

    @Test
    void shouldSendNothingThatWasTakenBack() {
        // Given
        world.register("phone", "alice");
        send("n1", "\"send_at\":" + (seconds() + 600));

        // When
        world.ask("cancel_push", "{\"uid\":\"n1\"}");
        world.clock().advance(Duration.ofMinutes(10));
        step();

        // Then
        assertThat(world.queued()).isEmpty();
        assertThat(world.gateway().sent()).isEmpty();
        assertThat(world.status("n1")).containsExactly("* CANCELLED");
    }

    @Test
    void shouldSendLaterWhatIsTooMuchNow() {
        // Given
        world.register("phone", "alice");
        send("n1", HOURLY.formatted("false"));
        send("n2", HOURLY.formatted("false"));

        // When
        step();
        assertThat(world.gateway().sent()).hasSize(1);
        assertThat(world.queued()).hasSize(1);
        world.clock().advance(Duration.ofHours(1));
        step();

        // Then
        assertThat(world.gateway().sent()).hasSize(2);
        assertThat(world.status("n2")).containsExactly("phone SENT");
    }

    @Test
    void shouldDropWhatIsTooMuchWhenAsked() {
        // Given
        world.register("phone", "alice");
        send("n1", HOURLY.formatted("true"));
        send("n2", HOURLY.formatted("true"));

        // When
        step();

        // Then
        assertThat(world.queued()).isEmpty();
        assertThat(world.status("n2")).containsExactly("phone RATE_LIMITED");
    }

    @Test
    void shouldCountAllDevicesOfAUserTogetherUnderAKeyOfTheUser() {
        // Given
        world.register("phone", "alice");
        world.register("tablet", "alice");
        String limit = "\"limit_strategy\":{\"rate_limit\":{\"key\":\"ads-{{device.user}}\",\"policies\":["
                + "{\"rate\":1,\"interval_ms\":3600000}],\"drop_if_rate_limited\":true}}";

        // When
        send("n1", limit);
        step();

        // Then
        assertThat(world.gateway().sent()).hasSize(1);
        assertThat(world.status("n1")).hasSize(2).anyMatch(end -> end.endsWith(" RATE_LIMITED"));
    }

    @Test
    void shouldWaitForTheMorningOfTheDevice() {
        // Given
        world.register("phone", "alice");
        // The fake clock's day in UTC is what the device's is.
        world.ask("device_update", "{\"ids\":[\"phone\"],\"timezone_update\":{\"timezone\":\"UTC\"}}");
        String after = time(Duration.ofHours(2));
        String before = time(Duration.ofHours(3));
        send("n1", MORNING.formatted(after, before, "false"));

        // When
        step();
        assertThat(world.gateway().sent()).isEmpty();
        world.clock().advance(Duration.ofHours(2));
        step();
        step();

        // Then
        assertThat(world.status("n1")).containsExactly("phone SENT");
    }

    @Test
    void shouldSendWithinAWindowThatEndsAfterMidnight() {
        // Given
        world.register("phone", "alice");
        world.ask("device_update", "{\"ids\":[\"phone\"],\"timezone_update\":{\"timezone\":\"UTC\"}}");

        // When: the window begins an hour ago and ends two hours before that, the next day
        send("n1", MORNING.formatted(time(Duration.ofHours(-1)), time(Duration.ofHours(-3)), "false"));
        step();

        // Then
        assertThat(world.status("n1")).containsExactly("phone SENT");
    }

    @Test
    void shouldTellOfADeviceWithoutTimeZone() {
        // Given
        world.register("phone", "alice");

        // When
        send("n1", MORNING.formatted("09:00:00", "10:00:00", "false"));
        send("n2", MORNING.formatted("09:00:00", "10:00:00", "true"));
        step();

        // Then
        assertThat(world.status("n1")).containsExactly("phone NO_TIMEZONE");
        assertThat(world.status("n2")).containsExactly("phone SENT");
    }

    @Test
    void shouldNoteWhatTheAppSays() {
        // Given
        world.register("phone", "alice");
        send("n1", "\"analytics_uid\":\"n1\"");
        String update = "{\"analytics_uid\":\"%s\",\"device_id\":\"phone\",\"status\":\"%s\"}";
        assertThatThrownBy(() -> world.ask("update_push_status", update.formatted("n1", "delivered")))
                .hasMessageContaining("not found");
        step();

        // When
        world.ask("update_push_status", update.formatted("n1", "interacted"));
        send("n1", "\"send_at\":0");
        step();

        // Then
        assertThat(world.status("n1")).containsExactly("phone INTERACTED");
        assertThat(world.gateway().sent()).hasSize(1);
        assertThatThrownBy(() -> world.ask("update_push_status", update.formatted("n1", "seen")))
                .hasMessageContaining("delivered, interacted");
    }

    @Test
    void shouldRefuseTimesAndLimitsThatMakeNoSense() {
        assertThatThrownBy(() -> send("n1", "\"send_at\":" + (seconds() + 31L * 86_400)))
                .hasMessageContaining("at most 30 days");
        assertThatThrownBy(() -> send("n1", "\"analytics_uid\":\"other\"")).hasMessageContaining("same as uid");
        assertThatThrownBy(() -> send("n1", MORNING.formatted("9:00", "10:00:00", "false")))
                .hasMessageContaining("09:00:00");
        assertThatThrownBy(() -> send(
                        "n1", "\"limit_strategy\":{\"rate_limit\":{\"policies\":[{\"rate\":0,\"interval_ms\":1}]}}"))
                .hasMessageContaining("interval_ms from 1000");
        assertThatThrownBy(() -> send("n1", "\"limit_strategy\":{\"rate_limit\":{\"key\":\"{{device.name}}\"}}"))
                .hasMessageContaining("{{device.user}}");
    }

    @Test
    void shouldReachOnlyTheDevicesThatAFilterNames() {
        // Given
        world.register("phone", "alice");
        world.register("tablet", "alice");
        world.register("other", "bob");

        // When
        world.send("{\"filter\":{\"ids\":[\"phone\"]}}", "n1");
        world.send("{\"filter\":{\"ids\":[\"phone\",\"other\"],\"users\":[\"bob\"]}}", "n2");
        world.drain();

        // Then
        assertThat(world.status("n1")).containsExactly("phone SENT");
        assertThat(world.status("n2")).containsExactly("other SENT");
    }

    private void send(String uid, String more) {
        world.ask(
                "send_push_notification",
                "{\"recipient\":{\"users\":[\"alice\"]},\"uid\":\"%s\",\"notification\":{\"title\":\"Hi\"},%s}"
                        .formatted(uid, more));
    }

    /** Carries out each job that is queued now, once. */
    private void step() {
        List<PushJob> jobs = world.takeAll();
        PushSender sender = world.sender();
        jobs.forEach(job -> assertThat(sender.carryOut(job)).isTrue());
    }

    private long seconds() {
        return world.clock().instant().getEpochSecond();
    }

    private String time(Duration ahead) {
        return world.clock()
                .instant()
                .atOffset(ZoneOffset.UTC)
                .plus(ahead)
                .toLocalTime()
                .withNano(0)
                .format(DateTimeFormatter.ISO_LOCAL_TIME);
    }
}
