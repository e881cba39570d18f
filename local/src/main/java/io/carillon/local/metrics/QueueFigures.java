package io.carillon.local.metrics;

import io.carillon.local.aws.FailedMails;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What is known of a runtime's queues at this moment, as gauges with the label {@code queue}. A queue that cannot be asked
 * has no figures.
 *
 * <p>Safe for use by several threads once all are added.
 */
public final class QueueFigures {

    private static final Logger LOG = LoggerFactory.getLogger(QueueFigures.class);
    private static final double MILLIS = 1000;

    private record Watched(String name, FailedMails mails, Supplier<Duration> oldest) {}

    private final List<Watched> all = new ArrayList<>();

    /**
     * Adds a queue.
     *
     * @param name the label's value, such as {@code mailboxes}
     * @param oldest the age of what has been in it longest
     */
    public QueueFigures with(String name, FailedMails mails, Supplier<Duration> oldest) {
        all.add(new Watched(name, mails, oldest));
        return this;
    }

    void register(PrometheusRegistry registry) {
        gauge(
                registry,
                "carillon_queue_messages",
                "Messages that wait or are being handled",
                queue -> queue.mails().depth().mailbox());
        gauge(
                registry,
                "carillon_queue_oldest_seconds",
                "Age of the oldest message that was received and is neither done nor given up",
                queue -> queue.oldest().get().toMillis() / MILLIS);
        gauge(
                registry,
                "carillon_queue_dead_letters",
                "Messages that failed for the last time",
                queue -> queue.mails().depth().dead());
    }

    private void gauge(PrometheusRegistry registry, String name, String help, ToDoubleFunction<Watched> figure) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("queue")
                .callback(callback -> all.forEach(queue -> tell(callback, queue, figure)))
                .register(registry);
    }

    private static void tell(GaugeWithCallback.Callback callback, Watched queue, ToDoubleFunction<Watched> figure) {
        try {
            callback.call(figure.applyAsDouble(queue), queue.name());
        } catch (SdkException e) {
            LOG.warn("The queue {} cannot be asked for its figures", queue.name(), e);
        }
    }
}
