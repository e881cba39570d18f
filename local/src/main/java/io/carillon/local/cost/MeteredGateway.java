package io.carillon.local.cost;

import io.carillon.local.gateway.GatewayListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Counts what API Gateway charges for. */
final class MeteredGateway implements GatewayListener {

    private static final int WEBSOCKET_UNIT = 32 * 1024;
    private static final int HTTP_UNIT = 512 * 1024;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final Counters counters;
    private final LongSupplier nanoTime;
    private final Map<String, Long> open = new ConcurrentHashMap<>();
    private final AtomicLong endedNanos = new AtomicLong();

    MeteredGateway(Counters counters, LongSupplier nanoTime) {
        this.counters = counters;
        this.nanoTime = nanoTime;
    }

    @Override
    public void opened(String connectionId) {
        open.put(connectionId, nanoTime.getAsLong());
    }

    @Override
    public void ended(String connectionId, Duration wasOpen) {
        // One that ended before it was opened was never handed to a client.
        if (open.remove(connectionId) != null) {
            endedNanos.addAndGet(wasOpen.toNanos());
        }
    }

    @Override
    public void received(String connectionId, int bytes) {
        counters.addSized(Billed.WEBSOCKET_MESSAGES, bytes, WEBSOCKET_UNIT);
    }

    @Override
    public void sent(String connectionId, int bytes) {
        counters.addSized(Billed.WEBSOCKET_MESSAGES, bytes, WEBSOCKET_UNIT);
    }

    /** The larger of request and response counts: the price list does not say which does. */
    @Override
    public void answered(int requestBytes, int responseBytes) {
        counters.addSized(Billed.HTTP_REQUESTS, Math.max(requestBytes, responseBytes), HTTP_UNIT);
    }

    /** Counts the minutes of all connections so far, those that are open included. */
    double connectionMinutes() {
        long now = nanoTime.getAsLong();
        long nanos = endedNanos.get()
                + open.values().stream().mapToLong(since -> now - since).sum();
        return nanos / NANOS_PER_MINUTE;
    }
}
