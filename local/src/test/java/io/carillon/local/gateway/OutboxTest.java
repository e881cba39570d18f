package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.local.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Outbox outbox = new Outbox();
    private final List<Integer> done = new CopyOnWriteArrayList<>();

    @Test
    void shouldDoAtOnceWhatHasNoDelay() {
        outbox.put(() -> done.add(1), Duration.ZERO);

        assertThat(done).containsExactly(1);
    }

    @Test
    void shouldKeepTheOrderWhenLaterDelaysAreShorter() {
        for (int i = 0; i < 50; i++) {
            int number = i;
            outbox.put(() -> done.add(number), Duration.ofMillis(50 - i));
        }
        outbox.put(() -> done.add(50), Duration.ZERO);

        Await.until("all done", () -> done.size() == 51);
        assertThat(done).isSorted();
    }
}
