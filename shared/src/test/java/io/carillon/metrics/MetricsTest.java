package io.carillon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.channel.Holes;
import io.carillon.delivery.MailRound;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeMetrics;
import io.carillon.fakes.FakeShards;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import io.carillon.trace.Trace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the logic counts, seen from what clients and backends do. */
class MetricsTest {

    private static final String CHANNELS = """
            "namespaces":[{"name":"chat","history_size":10,"history_ttl":"60s","force_recovery":true,
             "allow_subscribe_for_client":true,"allow_publish_for_subscriber":true}]""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);
    private final FakeMetrics metrics = carillon.metrics();

    @Test
    void shouldCountConnectionsAsTheyComeAndGo() {
        // When
        TestClient alice = carillon.connect("alice");
        carillon.connect("bob");
        carillon.carillon().closer().forget(alice.id());
        carillon.carillon().closer().forget(alice.id());

        // Then
        assertThat(metrics.of(Measure.CONNECTIONS_OPENED)).isEqualTo(2);
        assertThat(metrics.of(Measure.CONNECTIONS_CLOSED)).isEqualTo(1);
    }

    @Test
    void shouldCountEachDeliveryAndTimeItFromThePublish() {
        // Given
        carillon.connect("alice").sends(Say.subscribe(2, "chat:1"));
        TestClient bob = carillon.connect("bob").sends(Say.subscribe(2, "chat:1"));
        long before = metrics.of(Measure.DELIVERIES);
        carillon.holdMail();

        // When
        bob.sends(Say.publish(3, "chat:1", "7"));
        carillon.clock().advance(Duration.ofMillis(40));
        carillon.deliver();

        // Then
        assertThat(metrics.of(Measure.PUBLICATIONS)).isEqualTo(1);
        assertThat(metrics.of(Measure.DELIVERIES) - before).isEqualTo(2);
        assertThat(metrics.latencies()).containsExactly(40L, 40L);
    }

    @Test
    void shouldCountASlowClientAndWhatItWasTold() {
        // Given
        TestClient alice = carillon.connect("alice").sends(Say.subscribe(2, "chat:1"));
        carillon.poster().answer(alice.id(), Outcome.BACKED_UP);

        // When
        carillon.api("publish", "{\"channel\":\"chat:1\",\"data\":1}");

        // Then
        assertThat(metrics.of(Measure.SLOW_CLIENTS)).isEqualTo(1);
        assertThat(metrics.codes()).containsExactly(2500);
    }

    @Test
    void shouldCountRecoveriesApartFromThoseThatFail() {
        // Given
        TestClient alice = carillon.connect("alice").sends(Say.subscribe(2, "chat:1"));
        String epoch = carillon.ports().log().state("chat:1").epoch();
        carillon.api("publish", "{\"channel\":\"chat:1\",\"data\":1}");
        alice.sends(Say.unsubscribe(3, "chat:1"));

        // When
        alice.sends(Say.subscribe(4, "chat:1", "\"recover\":true,\"offset\":0,\"epoch\":\"" + epoch + "\""));
        alice.sends(Say.unsubscribe(5, "chat:1"));
        alice.sends(Say.subscribe(6, "chat:1", "\"recover\":true,\"offset\":0,\"epoch\":\"another\""));

        // Then
        assertThat(metrics.of(Measure.RECOVERIES)).isEqualTo(1);
        assertThat(metrics.of(Measure.FAILED_RECOVERIES)).isEqualTo(1);
    }

    @Test
    void shouldCountAFrameThatCannotBeReadAndTheErrorsOfCommands() {
        // Given
        TestClient alice = carillon.connect("alice");

        // When
        alice.sends(Say.subscribe(2, "nowhere:1"));
        alice.sends("{\"id\":3,");
        carillon.api("publish", "{\"channel\":\"nowhere:1\",\"data\":1}");

        // Then
        assertThat(metrics.of(Measure.REJECTED_FRAMES)).isEqualTo(1);
        assertThat(metrics.codes()).containsExactly(102, 3501, 102);
    }

    @Test
    void shouldCountAHoleOnlyWhereItClosedIt() {
        // Given
        FakeClock clock = new FakeClock();
        FakeChannelLog log = new FakeChannelLog(clock, new FakeShards());
        String epoch = log.reserve("chat:1", Duration.ofDays(1)).epoch();
        Holes holes = new Holes(log, List.of(), metrics);

        // When
        holes.fill("chat:1", epoch, 1, 1);
        holes.fill("chat:1", epoch, 1, 1);

        // Then
        assertThat(metrics.of(Measure.HOLES_CLOSED)).isEqualTo(1);
    }

    @Test
    void shouldCountAMailAsGivenUpWhenItFailsForTheLastTime() {
        // Given
        MailRound round = new MailRound(carillon.carillon().deliverer(), letter -> {
            throw new IllegalStateException("down");
        });

        // When
        List<String> failed = round.deliver(List.of(
                new MailRound.Letter("a", "a#0", "no mail", 1, Trace.NONE),
                new MailRound.Letter("b", "b#0", "no mail", MailRound.RECEIVES, Trace.NONE)));

        // Then
        assertThat(failed).containsExactly("a", "b");
        assertThat(metrics.of(Measure.MAILS_GIVEN_UP)).isEqualTo(1);
    }

    @Test
    void shouldKeepCodesOfApplicationsToOneLabel() {
        // Then
        assertThat(List.of(100, 113, 2500, 3000, 3509))
                .allSatisfy(code -> assertThat(Codes.label(code)).isEqualTo(Integer.toString(code)));
        assertThat(List.of(-1, 114, 2001, 3100, 4000, 4999))
                .allSatisfy(code -> assertThat(Codes.label(code)).isEqualTo("other"));
    }

    @Test
    void shouldNameEachMeasureOnce() {
        // Then
        assertThat(Arrays.stream(Measure.values()).map(Measure::title)).doesNotHaveDuplicates();
        assertThat(Measure.THROTTLED_POSTS.snake()).isEqualTo("carillon_throttled_posts");
    }
}
