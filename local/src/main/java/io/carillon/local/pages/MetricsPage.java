package io.carillon.local.pages;

import io.carillon.local.metrics.LocalMetrics;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Tells what a runtime counts: to Prometheus, and to the page.
 *
 * <p>Answers 503 until it is shown a runtime's metrics. Safe for use by several threads.
 */
public final class MetricsPage {

    private volatile Optional<LocalMetrics> shown = Optional.empty();

    /** Takes the metrics of a runtime that has started. */
    public void show(LocalMetrics metrics) {
        shown = Optional.of(metrics);
    }

    Answer text() {
        return answer(
                metrics -> new Answer(HttpStatus.OK_200, LocalMetrics.CONTENT_TYPE, metrics.text(), Optional.empty()));
    }

    Answer figures() {
        return answer(metrics -> Answer.json(metrics.figures()));
    }

    private Answer answer(Function<LocalMetrics, Answer> words) {
        return shown.map(words)
                .orElseGet(() -> Answer.text(
                        HttpStatus.SERVICE_UNAVAILABLE_503, "The runtime has not started yet: try again in a moment."));
    }
}
