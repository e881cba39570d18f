package io.carillon.fakes;

import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Metrics that a test can ask. */
public final class FakeMetrics implements Metrics {

    private final Map<Measure, Long> counts = new ConcurrentHashMap<>();
    private final List<Integer> codes = new ArrayList<>();
    private final List<Long> latencies = new ArrayList<>();

    @Override
    public void add(Measure measure, long times) {
        counts.merge(measure, times, Long::sum);
    }

    @Override
    public synchronized void code(int code) {
        codes.add(code);
    }

    @Override
    public synchronized void publishToPost(long millis, int messages) {
        for (int i = 0; i < messages; i++) {
            latencies.add(millis);
        }
    }

    public long of(Measure measure) {
        return counts.getOrDefault(measure, 0L);
    }

    public synchronized List<Integer> codes() {
        return List.copyOf(codes);
    }

    public synchronized List<Long> latencies() {
        return List.copyOf(latencies);
    }
}
