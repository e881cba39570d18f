package io.carillon.local.waterfall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The medians of many traced publications.
 *
 * @param rows by when they begin
 */
record Waterfall(List<Row> rows) {

    /**
     * One bar.
     *
     * @param begin milliseconds after the client sent its command
     * @param count how often it happened for one publication: the bar is from the first's begin to the last's end
     */
    record Row(String group, String label, double begin, double end, int count) {}

    private static final double NANOS_PER_MILLI = 1e6;

    Waterfall {
        rows = List.copyOf(rows);
    }

    private record Key(String group, String label) {}

    private record Times(double begin, double end, int count) {}

    /** Takes the medians over publications; what happened for fewer than half of them is left out. */
    static Waterfall of(List<List<Span>> publications, List<Long> sentAt) {
        Map<Key, List<Times>> times = new LinkedHashMap<>();
        for (int i = 0; i < publications.size(); i++) {
            long zero = sentAt.get(i);
            merged(publications.get(i), zero)
                    .forEach((key, one) ->
                            times.computeIfAbsent(key, k -> new ArrayList<>()).add(one));
        }
        List<Row> rows = new ArrayList<>();
        times.forEach((key, all) -> {
            if (2 * all.size() >= publications.size()) {
                rows.add(new Row(
                        key.group(),
                        key.label(),
                        median(all.stream().mapToDouble(Times::begin).toArray()),
                        median(all.stream().mapToDouble(Times::end).toArray()),
                        (int) median(all.stream().mapToDouble(Times::count).toArray())));
            }
        });
        rows.sort(Comparator.comparingDouble(Row::begin));
        return new Waterfall(rows);
    }

    private static Map<Key, Times> merged(List<Span> spans, long zero) {
        Map<Key, Times> merged = new LinkedHashMap<>();
        for (Span span : spans) {
            Times one = new Times((span.begin() - zero) / NANOS_PER_MILLI, (span.end() - zero) / NANOS_PER_MILLI, 1);
            merged.merge(
                    new Key(span.group(), span.label()),
                    one,
                    (a, b) -> new Times(
                            Math.min(a.begin(), b.begin()), Math.max(a.end(), b.end()), a.count() + b.count()));
        }
        return merged;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
