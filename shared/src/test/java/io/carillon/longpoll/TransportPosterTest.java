package io.carillon.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Backoff;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeOutboxes;
import io.carillon.fakes.FakePoster;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TransportPosterTest {

    private static final byte[] MESSAGE = "hello".getBytes(StandardCharsets.UTF_8);

    private final FakePoster webSocket = new FakePoster();
    private final FakeOutboxes outboxes = new FakeOutboxes(new FakeClock());
    private final TransportPoster poster = new TransportPoster(webSocket, outboxes);

    @Test
    void shouldPostToEachConnectionByItsOwnWay() {
        // Given
        outboxes.open("lp-1");

        // When
        Outcome polled = poster.post("lp-1", MESSAGE).toCompletableFuture().join();
        Outcome other = poster.post("abc=", MESSAGE).toCompletableFuture().join();
        Outcome gone =
                poster.post("lp-2", MESSAGE, Backoff.NONE).toCompletableFuture().join();

        // Then
        assertThat(polled).isEqualTo(Outcome.DELIVERED);
        assertThat(other).isEqualTo(Outcome.DELIVERED);
        assertThat(gone).isEqualTo(Outcome.GONE);
        assertThat(outboxes.take("lp-1", 0).orElseThrow().messages()).containsExactly("hello");
        assertThat(webSocket.frames("abc=")).containsExactly("hello");
        assertThat(webSocket.attempts("lp-1") + webSocket.attempts("lp-2")).isZero();
    }

    @Test
    void shouldCloseEachConnectionByItsOwnWay() {
        // Given
        outboxes.open("lp-1");

        // When
        poster.close("lp-1").toCompletableFuture().join();
        poster.close("abc=").toCompletableFuture().join();

        // Then
        assertThat(outboxes.take("lp-1", 0).orElseThrow().closed()).isTrue();
        assertThat(webSocket.closed()).containsExactly("abc=");
    }

    @Test
    void shouldCountAsBackedUpWhenTheStoreFails() {
        // Given
        Outboxes failing = (Outboxes) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Outboxes.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("throttled");
                });
        TransportPoster onFailing = new TransportPoster(webSocket, failing);

        // When
        Outcome outcome = onFailing.post("lp-1", MESSAGE).toCompletableFuture().join();
        onFailing.close("lp-1").toCompletableFuture().join();

        // Then
        assertThat(outcome).isEqualTo(Outcome.BACKED_UP);
    }
}
