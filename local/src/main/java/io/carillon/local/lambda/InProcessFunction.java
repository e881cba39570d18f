package io.carillon.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a handler in this JVM: event bytes in, answer bytes out, each invocation on a virtual thread of its own.
 *
 * <p>One handler instance serves all invocations side by side, where Lambda gives each environment one at a time: a
 * handler that keeps per-invocation state in a field shows it here. An invocation that runs past the timeout is
 * interrupted and its place is given back at once, as Lambda's is when it ends the environment.
 *
 * <p>Safe for use by several threads.
 */
public final class InProcessFunction implements LambdaFunction {

    /** Largest event and largest answer of a synchronous invocation, in bytes (Lambda quotas: 6 MB). */
    static final int MAX_PAYLOAD = 6_291_556;

    private final String name;
    private final RequestStreamHandler handler;
    private final Duration timeout;
    private final AccountConcurrency concurrency;

    /**
     * Wraps a handler.
     *
     * @param timeout longest run of one invocation; Lambda allows 1 second to 15 minutes, tests may go below
     */
    public InProcessFunction(
            String name, RequestStreamHandler handler, Duration timeout, AccountConcurrency concurrency) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The timeout of " + name + " must be longer than 0, not " + timeout);
        }
        this.name = name;
        this.handler = handler;
        this.timeout = timeout;
        this.concurrency = concurrency;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] invoke(byte[] event) {
        if (event.length > MAX_PAYLOAD) {
            throw new FunctionError(
                    "Event of " + event.length + " bytes for " + name + " is over Lambda's limit of " + MAX_PAYLOAD,
                    null);
        }
        if (!concurrency.tryEnter()) {
            throw new FunctionThrottled(name);
        }
        try {
            return await(event);
        } finally {
            concurrency.leave();
        }
    }

    private byte[] await(byte[] event) {
        FutureTask<byte[]> task = new FutureTask<>(() -> run(event));
        Thread.ofVirtual().name(name).start(task);
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new FunctionError(
                    "Task timed out after %.2f seconds in %s".formatted(timeout.toMillis() / 1000.0, name), e);
        } catch (ExecutionException e) {
            throw new FunctionError("Unhandled in " + name + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new FunctionError("The caller of " + name + " was interrupted", e);
        }
    }

    private byte[] run(byte[] event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream(256);
        handler.handleRequest(new ByteArrayInputStream(event), answer, InvocationContext.of(name, timeout));
        if (answer.size() > MAX_PAYLOAD) {
            throw new IOException("Response payload size exceeded maximum allowed payload size (" + MAX_PAYLOAD
                    + " bytes): it was " + answer.size());
        }
        return answer.toByteArray();
    }
}
