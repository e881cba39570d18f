package io.carillon.local.eventsource;

import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.FunctionThrottled;
import io.carillon.local.lambda.LambdaFunction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invokes a function again and again, as EventBridge Scheduler does at a rate. An invocation that takes longer than the
 * period does not hold up the next. One that fails is logged and not repeated: the next is due soon.
 *
 * <p>Safe for use by several threads. Closing starts no further invocation, and does not wait for those under way.
 */
public final class ScheduleEventSource implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleEventSource.class);
    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "000000000000";

    private final LambdaFunction function;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor timer;

    private ScheduleEventSource(LambdaFunction function, InstantSource clock) {
        this.function = function;
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().name(function.name() + "-schedule").daemon().factory());
    }

    /**
     * Starts a schedule, whose first invocation is due after one period.
     *
     * @param period the time between two invocations; EventBridge has at least a minute, tests may have less
     */
    public static ScheduleEventSource start(LambdaFunction function, Duration period, InstantSource clock) {
        var source = new ScheduleEventSource(function, clock);
        source.timer.scheduleAtFixedRate(
                () -> Thread.ofVirtual().name(function.name() + "-scheduled").start(source::fireAndLog),
                period.toNanos(),
                period.toNanos(),
                TimeUnit.NANOSECONDS);
        return source;
    }

    /**
     * Invokes the function at once, beside the schedule, and waits for its answer.
     *
     * @return the answer's JSON in UTF-8
     * @throws FunctionError if the handler failed
     * @throws FunctionThrottled if there is no room for the invocation
     */
    public byte[] fireNow() {
        return function.invoke(ScheduledEvent.write(function.name(), REGION, ACCOUNT, clock.instant()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void fireAndLog() {
        try {
            fireNow();
        } catch (FunctionError | FunctionThrottled e) {
            LOG.warn("{} failed when its time had come", function.name(), e);
        }
    }
}
