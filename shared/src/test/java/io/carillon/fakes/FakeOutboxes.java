package io.carillon.fakes;

import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Framing;
import io.carillon.longpoll.Outboxes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps outboxes in memory. */
public final class FakeOutboxes implements Outboxes {

    private static final class Outbox {
        private final Instant endsAt;
        private final List<String> messages = new ArrayList<>();
        private long before;
        private Instant seenAt;
        private boolean closed;

        Outbox(Instant now) {
            endsAt = now.plus(LIFETIME);
            seenAt = now;
        }

        int size() {
            return messages.stream()
                    .mapToInt(message -> Framing.utf8Length(message) + OVERHEAD)
                    .sum();
        }
    }

    private final Map<String, Outbox> outboxes = new HashMap<>();
    private final InstantSource clock;

    public FakeOutboxes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void open(String connection) {
        outboxes.put(connection, new Outbox(clock.instant()));
    }

    @Override
    public synchronized Outcome add(String connection, String message) {
        Outbox outbox = outboxes.get(connection);
        Instant now = clock.instant();
        if (outbox == null || outbox.closed) {
            return Outcome.GONE;
        }
        if (!outbox.endsAt.isAfter(now) || outbox.seenAt.plus(PATIENCE).isBefore(now)) {
            outboxes.remove(connection);
            return Outcome.GONE;
        }
        int size = Framing.utf8Length(message) + OVERHEAD;
        if (!outbox.messages.isEmpty() && outbox.size() + size > CAPACITY) {
            return Outcome.BACKED_UP;
        }
        outbox.messages.add(message);
        return Outcome.DELIVERED;
    }

    @Override
    public synchronized Optional<Waiting> take(String connection, long ack) {
        Outbox outbox = outboxes.get(connection);
        if (outbox == null || !outbox.endsAt.isAfter(clock.instant())) {
            return Optional.empty();
        }
        int received = Math.clamp(ack - outbox.before, 0, Math.min(outbox.messages.size(), AT_A_TIME));
        outbox.messages.subList(0, received).clear();
        outbox.before += received;
        outbox.seenAt = clock.instant();
        return Optional.of(new Waiting(outbox.before, outbox.messages, outbox.closed).first(AT_A_TIME));
    }

    @Override
    public synchronized void close(String connection) {
        Optional.ofNullable(outboxes.get(connection)).ifPresent(outbox -> outbox.closed = true);
    }

    @Override
    public synchronized void remove(String connection) {
        outboxes.remove(connection);
    }
}
