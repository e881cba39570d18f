package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.carillon.events.aws.WebSocketEvent;
import io.carillon.trace.Trace;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * Stands around each invocation: says what it belongs to, in the log and to what it sends, and hands out the metrics in
 * the end, whatever became of it.
 *
 * <p>Safe for use by several threads.
 */
final class Invocations {

    /** Only says what invocations belong to. */
    static final Invocations PLAIN = new Invocations(function -> {});

    private final MetricsFlush flush;
    private final InstantSource clock = InstantSource.system();

    /** Writes out what was counted in an invocation. */
    interface MetricsFlush {
        void flush(String function);
    }

    Invocations(MetricsFlush flush) {
        this.flush = flush;
    }

    /** Does the work of an invocation that belongs to no trace but its own. */
    <T> T run(Context context, Supplier<T> work) {
        return run(context, "", work);
    }

    /** Does the work of an invocation that one connection caused. */
    <T> T run(Context context, WebSocketEvent event, Supplier<T> work) {
        return run(context, "", () -> {
            MDC.put("connection", event.connectionId());
            return work.get();
        });
    }

    /**
     * Does the work of an invocation.
     *
     * @param traceparent what the caller says it belongs to; empty if it does not say. X-Ray's own trace goes before,
     *     where it is recorded: a function cannot be in two.
     */
    <T> T run(Context context, String traceparent, Supplier<T> work) {
        Optional<Trace> lambdas = Optional.ofNullable(context.getXrayTraceId()).flatMap(Trace::ofXRay);
        Trace trace = lambdas.filter(Trace::isSampled)
                .or(() -> Trace.ofTraceparent(traceparent))
                .or(() -> lambdas)
                .orElseGet(() -> Trace.begin(clock.instant().getEpochSecond()));
        MDC.put("function", context.getFunctionName());
        MDC.put("request", context.getAwsRequestId());
        try {
            return trace.call(work);
        } finally {
            flush.flush(context.getFunctionName());
            MDC.clear();
        }
    }
}
