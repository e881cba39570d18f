package io.carillon.functions;

import com.fasterxml.jackson.core.JsonGenerator;
import io.carillon.events.Json;
import io.carillon.metrics.Codes;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import io.carillon.trace.Trace;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts for CloudWatch, without a call to it: at the end of an invocation, what was counted since the last is one line
 * of JSON in the log, in CloudWatch's embedded metric format, and one more for each code. An invocation that counted
 * nothing writes nothing.
 *
 * <p>Its metrics are in the namespace {@code Carillon} and have one dimension, {@code Stage}, which tells deployments
 * apart; {@code Codes} has {@code Code} too.
 *
 * <p>Safe for use by several threads: what is counted while a line is written is in that line or in the next.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
final class EmfMetrics implements Metrics {

    private static final String NAMESPACE = "Carillon";

    private final Map<Measure, LongAdder> counts = new EnumMap<>(Measure.class);
    private final Map<String, LongAdder> codes = new ConcurrentHashMap<>();
    private final Latencies latencies = new Latencies();
    private final String stage;
    private final PrintStream out;
    private final InstantSource clock;

    EmfMetrics(String stage, PrintStream out, InstantSource clock) {
        this.stage = stage;
        this.out = out;
        this.clock = clock;
        for (Measure measure : Measure.values()) {
            counts.put(measure, new LongAdder());
        }
    }

    @Override
    public void add(Measure measure, long times) {
        counts.get(measure).add(times);
    }

    @Override
    public void code(int code) {
        codes.computeIfAbsent(Codes.label(code), label -> new LongAdder()).increment();
    }

    @Override
    public void publishToPost(long millis, int messages) {
        latencies.add(millis, messages);
    }

    /** Writes what has been counted since the last time. */
    void flush(String function) {
        Map<String, Object> values = new TreeMap<>();
        counts.forEach((measure, count) -> {
            long times = count.sumThenReset();
            if (times > 0) {
                values.put(measure.title(), times);
            }
        });
        long[] millis = latencies.take();
        if (millis.length > 0) {
            values.put(Measure.PUBLISH_TO_POST.title(), millis);
        }
        if (!values.isEmpty()) {
            write(function, Map.of(), values);
        }
        codes.forEach((code, count) -> {
            long times = count.sumThenReset();
            if (times > 0) {
                write(function, Map.of("Code", code), Map.of(Measure.CODES.title(), times));
            }
        });
    }

    private void write(String function, Map<String, String> dimensions, Map<String, Object> values) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = Json.mapper().createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("_aws");
            json.writeNumberField("Timestamp", clock.millis());
            json.writeArrayFieldStart("CloudWatchMetrics");
            directive(json, dimensions, values);
            json.writeEndArray();
            json.writeEndObject();
            json.writeStringField("Stage", stage);
            for (var dimension : dimensions.entrySet()) {
                json.writeStringField(dimension.getKey(), dimension.getValue());
            }
            for (var value : values.entrySet()) {
                json.writePOJOField(value.getKey(), value.getValue());
            }
            json.writeStringField("function", function);
            json.writeStringField("trace", Trace.current().id());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
        out.println(text);
    }

    private static void directive(JsonGenerator json, Map<String, String> dimensions, Map<String, Object> values)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("Namespace", NAMESPACE);
        json.writeArrayFieldStart("Dimensions");
        json.writeStartArray();
        json.writeString("Stage");
        for (String name : dimensions.keySet()) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        for (String name : values.keySet()) {
            json.writeStartObject();
            json.writeStringField("Name", name);
            json.writeStringField("Unit", name.equals(Measure.PUBLISH_TO_POST.title()) ? "Milliseconds" : "Count");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
