package io.carillon.local.gateway;

import io.carillon.local.lambda.FunctionThrottled;
import io.carillon.local.lambda.LambdaFunction;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invokes functions for the gateway and waits no longer than the integration timeout. A function that is late goes on
 * running, as in AWS; only its answer is dropped.
 */
final class Integration {

    /** How an invocation ended. */
    sealed interface Outcome permits Answered, Failed {}

    /** The function answered these bytes, which may still be no answer that API Gateway accepts. */
    record Answered(byte[] bytes) implements Outcome {}

    /** There is no answer. */
    record Failed(Reason reason) implements Outcome {}

    /** Why there is no answer. */
    enum Reason {
        FUNCTION_ERROR,
        THROTTLED,
        TIMED_OUT,
        CLOSING
    }

    private static final Logger LOG = LoggerFactory.getLogger(Integration.class);

    private final ExecutorService threads;
    private final Duration timeout;

    Integration(ExecutorService threads, Duration timeout) {
        this.threads = threads;
        this.timeout = timeout;
    }

    /** Blocks until the outcome is known; to be called on a virtual thread. */
    Outcome invoke(LambdaFunction function, byte[] event) {
        Future<byte[]> invocation;
        try {
            invocation = threads.submit(() -> function.invoke(event));
        } catch (RejectedExecutionException e) {
            return new Failed(Reason.CLOSING);
        }
        try {
            return new Answered(invocation.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            LOG.warn("{} did not answer within the integration timeout of {}", function.name(), timeout);
            return new Failed(Reason.TIMED_OUT);
        } catch (ExecutionException e) {
            return failed(function, e.getCause());
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt();
            return new Failed(Reason.CLOSING);
        }
    }

    private Failed failed(LambdaFunction function, Throwable cause) {
        if (cause instanceof FunctionThrottled) {
            LOG.warn("{}", cause.getMessage());
            return new Failed(Reason.THROTTLED);
        }
        if (threads.isShutdown()) {
            return new Failed(Reason.CLOSING);
        }
        LOG.warn("{} failed", function.name(), cause);
        return new Failed(Reason.FUNCTION_ERROR);
    }
}
