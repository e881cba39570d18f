package io.carillon.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.local.Await;
import io.carillon.local.lambda.FunctionError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScheduleEventSourceTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T07:30:00.123Z"));
    private static final Duration NEVER_IN_THIS_TEST = Duration.ofHours(1);

    @Test
    void shouldSendTheEventOfEventBridgeSchedulerWhenFired() {
        // Given
        var function = new FakeFunction(event -> "\"done\"");

        // When
        byte[] answer;
        try (var schedule = ScheduleEventSource.start(function, NEVER_IN_THIS_TEST, CLOCK)) {
            answer = schedule.fireNow();
        }

        // Then
        assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("\"done\"");
        var event = function.events().getFirst();
        assertThat(event.path("source").textValue()).isEqualTo("aws.scheduler");
        assertThat(event.path("detail-type").textValue()).isEqualTo("Scheduled Event");
        assertThat(event.path("time").textValue()).isEqualTo("2026-11-24T07:30:00Z");
        assertThat(event.path("detail").textValue()).isEqualTo("{}");
        assertThat(event.at("/resources/0").textValue())
                .isEqualTo("arn:aws:scheduler:us-east-1:000000000000:schedule/default/fake");
    }

    @Test
    void shouldGoOnWhenAnInvocationFails() {
        // Given
        var calls = new AtomicInteger();
        var function = new FakeFunction(event -> {
            if (calls.getAndIncrement() == 0) {
                throw new FunctionError("boom", new IllegalStateException("boom"));
            }
            return "";
        });

        // When
        try (var _ = ScheduleEventSource.start(function, Duration.ofMillis(5), CLOCK)) {
            // Then
            Await.until(() -> calls.get() >= 3);
        }
    }

    @Test
    void shouldTellCallerWhenFiredInvocationFails() {
        // Given
        var function = new FakeFunction(event -> {
            throw new FunctionError("boom", new IllegalStateException("boom"));
        });

        try (var schedule = ScheduleEventSource.start(function, NEVER_IN_THIS_TEST, CLOCK)) {
            // When, Then
            assertThatThrownBy(schedule::fireNow).isInstanceOf(FunctionError.class);
        }
    }
}
