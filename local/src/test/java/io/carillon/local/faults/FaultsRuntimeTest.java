package io.carillon.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault strikes, and what subscribers are promised holds. */
class FaultsRuntimeTest {

    private static final Config CONFIG = Config.read("""
            {
              "client": {"insecure": true, "allow_anonymous_connect_without_token": true},
              "http_api": {"key": "key"},
              "channel": {"without_namespace":
                {"history_size": 1000, "history_ttl": "300s", "force_recovery": true,
                 "allow_subscribe_for_client": true}}
            }""");

    private LocalRuntime runtime;

    @BeforeEach
    void start() {
        runtime = LocalRuntime.start(RuntimeSettings.of(CONFIG).withVisibility(Duration.ofSeconds(2)));
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    private void given(String... faults) {
        runtime.faults().replace(List.of(faults), 1);
    }

    private long struck() {
        return runtime.faults().list().getFirst().struck();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "duplicate-batch every=2",
                "kill function=deliver at=start count=1",
                "kill function=deliver at=after-save count=1",
                "kill function=deliver at=after-reply count=1",
                "gone every=3 count=2",
                "callback-error status=429 every=3 count=2",
                "callback-error status=500 every=3 count=2",
                "callback-error status=503 every=3 count=2",
                "cold-start function=deliver delay=100ms every=2",
                "fail service=dynamodb function=deliver count=1",
                "throttle service=dynamodb function=deliver count=1",
                "lose-answer service=dynamodb function=deliver count=1",
                "throttle service=sqs function=poller count=1",
                "lose-answer service=sqs function=poller count=1"
            })
    @Execution(ExecutionMode.CONCURRENT)
    void shouldDeliverEveryPublicationOnceAndInOrderWhenDeliveryFails(String fault) {
        // Given
        try (Subscriber subscriber = Subscriber.to(runtime.port(), "news")) {
            given(fault);

            // When
            for (int number = 1; number <= 8; number++) {
                Api.of(runtime.port()).publish("news", number, "");
            }

            // Then
            Await.until(() -> subscriber.offsets().size() >= 8 && struck() > 0);
            assertThat(subscriber.offsets()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        }
    }

    /** Ended between posts and saved position, a delivery may be repeated once, with the same offsets. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill function=deliver at=mid-delivery count=1",
                "kill function=deliver at=before-save count=1",
                "timeout function=deliver at=before-save after=100ms count=1",
                "overlap count=1"
            })
    @Execution(ExecutionMode.CONCURRENT)
    void shouldLoseNothingAndRepeatOneDeliveryAtMostWhenItsPositionWasNotSaved(String fault) {
        // Given
        try (Subscriber subscriber = Subscriber.to(runtime.port(), "news")) {
            given(fault);

            // When
            for (int number = 1; number <= 8; number++) {
                Api.of(runtime.port()).publish("news", number, "");
            }

            // Then
            Await.until(() -> subscriber.offsets().contains(8L) && struck() > 0);
            List<Long> offsets = subscriber.offsets();
            assertThat(offsets.stream().distinct()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
            assertThat(offsets)
                    .allSatisfy(offset ->
                            assertThat(Collections.frequency(offsets, offset)).isLessThanOrEqualTo(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-append", "before-enqueue", "after-enqueue", "after-reply", "before-append", "start"})
    void shouldDeliverOnceWhenAPublisherTriesAgainWithItsIdempotencyKey(String step) {
        // Given
        try (Subscriber subscriber = Subscriber.to(runtime.port(), "news")) {
            given("kill function=api at=" + step + " count=1");

            // When
            int first = Api.of(runtime.port()).publish("news", 1, "again");
            int second = Api.of(runtime.port()).publish("news", 1, "again");
            int last = Api.of(runtime.port()).publish("news", 2, "");

            // Then
            assertThat(first).isGreaterThanOrEqualTo(500);
            assertThat(List.of(second, last)).containsOnly(200);
            assertThat(struck()).isEqualTo(1);
            Await.until(() -> subscriber.data().contains("2"));
            assertThat(subscriber.data()).containsExactly("1", "2");
        }
    }

    @Test
    void shouldReconnectTheClientWhenTheFunctionIsKilledBetweenConnectReplyAndMailbox() {
        // Given
        given("kill function=message at=before-enqueue count=1");
        try (Subscriber told = Subscriber.backTo(runtime.port(), "news")) {
            Await.until(() -> struck() == 1);
            given("clock jump=60s");
            Await.until(() -> struck() == 1);

            // When
            runtime.beat();

            // Then
            Await.until(told::isClosed);
            assertThat(told.disconnect()).isEqualTo(3010);
        }
    }

    @Test
    void shouldHoldUpOnlyTheClientThatDoesNotReadUntilItReadsAgain() {
        // Given
        try (Subscriber one = Subscriber.to(runtime.port(), "news");
                Subscriber other = Subscriber.to(runtime.port(), "news")) {
            given("stop-reading connections=1 for=1h");
            Await.until(() -> struck() > 0);
            for (int number = 1; number <= 5; number++) {
                Api.of(runtime.port()).publish("news", number, "");
            }
            Await.until(() -> one.data().size() + other.data().size() >= 5);
            assertThat(List.of(one.data().size(), other.data().size())).containsExactlyInAnyOrder(0, 5);

            // When
            runtime.faults().replace(List.of(), 1);

            // Then
            Await.until(() -> one.data().size() + other.data().size() == 10);
            assertThat(one.data()).isEqualTo(other.data());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop-reading connections=2 for=1h agent=phone", "gone agent=phone"})
    void shouldStrikeOnlyClientsOfTheAgentThatIsNamed(String fault) {
        // Given
        try (Subscriber struck = Subscriber.as("phone", runtime.port(), "news");
                Subscriber other = Subscriber.to(runtime.port(), "news")) {
            given(fault);
            if (fault.startsWith("stop-reading")) {
                Await.until(() -> struck() > 0);
            }

            // When
            Api.of(runtime.port()).publish("news", 1, "");

            // Then
            Await.until(() -> other.data().contains("1") && struck() > 0);
            assertThat(struck.data()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut-all every=50ms count=1", "cut every=50ms probability=1 count=1", "clock jump=3h"})
    void shouldEndConnections(String fault) {
        // Given
        try (Subscriber subscriber = Subscriber.to(runtime.port(), "news")) {
            // When
            given(fault);

            // Then
            Await.until(subscriber::isClosed);
            assertThat(struck()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop-disconnect", "delay-disconnect by=10ms"})
    void shouldTamperWithDisconnects(String fault) {
        // Given
        try (Subscriber subscriber = Subscriber.to(runtime.port(), "news")) {
            given(fault);

            // When
            runtime.gateway().cutAll();

            // Then
            Await.until(subscriber::isClosed);
            Await.until(() -> struck() == 1);
        }
    }

    @Test
    void shouldHoldFramesBackWithoutHarm() {
        // Given
        given("delay-frames max=50ms");

        // When
        try (Subscriber subscriber = Subscriber.to(runtime.port(), "news")) {
            Api.of(runtime.port()).publish("news", 1, "");

            // Then
            Await.until(() -> subscriber.data().contains("1"));
            assertThat(struck()).isPositive();
        }
    }
}
