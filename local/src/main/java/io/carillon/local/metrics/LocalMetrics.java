package io.carillon.local.metrics;

import io.carillon.metrics.Codes;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * Counts in this process, and tells what it counted as Prometheus text or as figures.
 *
 * <p>Safe for use by several threads.
 */
public final class LocalMetrics implements Metrics {

    /** The content type of {@link #text()}. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double MEDIAN = 0.5;
    private static final double NEARLY_ALL = 0.99;
    private static final double MILLIS = 1000;
    private static final long WINDOW_SECONDS = 60;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Map<Measure, Counter> counters = new EnumMap<>(Measure.class);
    private final Counter codes;
    private final Summary publishToPost;

    /** Starts with nothing counted. */
    public LocalMetrics() {
        for (Measure measure : Measure.values()) {
            if (measure != Measure.CODES && measure != Measure.PUBLISH_TO_POST) {
                counters.put(
                        measure,
                        Counter.builder()
                                .name(measure.snake())
                                .help(measure.help())
                                .register(registry));
            }
        }
        codes = Counter.builder()
                .name(Measure.CODES.snake())
                .help(Measure.CODES.help())
                .labelNames("code")
                .register(registry);
        publishToPost = Summary.builder()
                .name(Measure.PUBLISH_TO_POST.snake() + "_seconds")
                .help("Seconds from the publish to API Gateway's acceptance of the post, over the last minute")
                .quantile(MEDIAN, 0.01)
                .quantile(NEARLY_ALL, 0.001)
                .maxAgeSeconds(WINDOW_SECONDS)
                .register(registry);
        GaugeWithCallback.builder()
                .name("carillon_connections")
                .help("Connections that are open")
                .callback(callback -> callback.call(open()))
                .register(registry);
    }

    /** Looks at queues too, whenever somebody asks for the text. */
    public void watch(QueueFigures queues) {
        queues.register(registry);
    }

    /**
     * What was counted since the start.
     *
     * @param open connections that are open
     * @param counts by the measure's title
     * @param codes by code
     * @param p50Millis of the last minute, from publish to post; 0 if there was none
     */
    public record Figures(
            long open, Map<String, Long> counts, Map<String, Long> codes, double p50Millis, double p99Millis) {}

    @Override
    public void add(Measure measure, long times) {
        counters.get(measure).inc(times);
    }

    @Override
    public void code(int code) {
        codes.labelValues(Codes.label(code)).inc();
    }

    @Override
    public void publishToPost(long millis, int messages) {
        for (int i = 0; i < messages; i++) {
            publishToPost.observe(millis / MILLIS);
        }
    }

    /** Words all in Prometheus' text format. */
    public byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
        return text.toByteArray();
    }

    /** Gives all as figures. */
    public Figures figures() {
        Map<String, Long> counts = new TreeMap<>();
        counters.forEach((measure, counter) -> counts.put(measure.title(), counter.getLongValue()));
        Map<String, Long> byCode = new TreeMap<>();
        for (CounterSnapshot.CounterDataPointSnapshot point : codes.collect().getDataPoints()) {
            byCode.put(point.getLabels().get("code"), (long) point.getValue());
        }
        return new Figures(open(), counts, byCode, quantile(MEDIAN), quantile(NEARLY_ALL));
    }

    private long open() {
        return counters.get(Measure.CONNECTIONS_OPENED).getLongValue()
                - counters.get(Measure.CONNECTIONS_CLOSED).getLongValue();
    }

    private double quantile(double wanted) {
        return publishToPost.collect().getDataPoints().stream()
                .flatMap(point -> StreamSupport.stream(point.getQuantiles().spliterator(), false))
                .filter(quantile -> quantile.getQuantile() == wanted)
                .mapToDouble(Quantile::getValue)
                .filter(Double::isFinite)
                .map(seconds -> Math.round(seconds * MILLIS * 10) / 10.0)
                .findFirst()
                .orElse(0);
    }
}
