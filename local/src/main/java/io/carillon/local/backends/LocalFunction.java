package io.carillon.local.backends;

import io.carillon.local.backends.RuntimeApi.Invocation;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function whose code is a file here. Environments are started when they are needed, at most {@value #MOST} of them; one
 * that has ended is replaced, and so are all once the file has changed.
 *
 * <p>Loading does not count as time of a call: Lambda's cold starts are not those of this machine. Safe for use by several
 * threads.
 */
final class LocalFunction implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFunction.class);

    private static final int MOST = 4;

    /** A function that does not end is ended, as by Lambda's own timeout. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final FunctionFile file;
    private final Semaphore places = new Semaphore(MOST, true);
    private final BlockingQueue<Environment> idle = new LinkedBlockingQueue<>();
    private final Set<Environment> all = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> told = new AtomicReference<>("");
    private volatile boolean isClosed;

    LocalFunction(FunctionFile file) {
        this.file = file;
    }

    /** Starts an environment before it is needed, and waits until it is there or has failed. */
    void warm() {
        if (places.tryAcquire()) {
            try {
                idle.add(environment());
            } catch (InitFailed e) {
                LOG.debug("Nothing is ready for the first call", e);
            } finally {
                places.release();
            }
        }
    }

    /**
     * Calls it.
     *
     * @throws TimeoutException if it takes too long; it goes on nevertheless, as in Lambda
     */
    Outcome invoke(String arn, String event, String clientContext, Duration timeout)
            throws TimeoutException, InterruptedException {
        if (!places.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException(MOST + " calls of " + file.path().getFileName() + " have not ended yet");
        }
        Environment environment;
        try {
            environment = environment();
        } catch (InitFailed e) {
            places.release();
            return e.outcome();
        }
        CompletableFuture<Outcome> outcome = environment.invoke(
                new Invocation(arn, event, clientContext, System.currentTimeMillis() + LONGEST.toMillis()));
        outcome.completeOnTimeout(
                        Outcome.failed("Sandbox.Timedout", "Task timed out after " + LONGEST.toSeconds() + " seconds"),
                        LONGEST.toMillis(),
                        TimeUnit.MILLISECONDS)
                .whenComplete((ended, problem) -> release(environment));
        try {
            return outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Environment environment() {
        for (Environment next = idle.poll(); next != null; next = idle.poll()) {
            if (next.isGoodFor(file)) {
                return next;
            }
            end(next);
        }
        return started();
    }

    private Environment started() {
        try {
            return loaded(Environment.start(file));
        } catch (InitFailed e) {
            tell(e.reason());
            throw e;
        }
    }

    /** Callers are told the beginning, and each of them: here it is in full, and once for each reason. */
    private void tell(String reason) {
        if (!isClosed && !reason.equals(told.getAndSet(reason))) {
            LOG.error("The function in {} cannot be called. {}", file.path(), reason);
        }
    }

    private Environment loaded(Environment environment) {
        all.add(environment);
        if (isClosed) {
            end(environment);
        }
        try {
            environment
                    .ready()
                    .orTimeout(LONGEST_START.toSeconds(), TimeUnit.SECONDS)
                    .join();
            told.set("");
            return environment;
        } catch (CompletionException e) {
            end(environment);
            throw e.getCause() instanceof InitFailed said ? said : new InitFailed("It took too long to load", e);
        }
    }

    private void release(Environment environment) {
        if (environment.isGoodFor(file)) {
            idle.add(environment);
        } else {
            end(environment);
        }
        places.release();
    }

    private void end(Environment environment) {
        all.remove(environment);
        environment.close();
    }

    @Override
    public void close() {
        isClosed = true;
        all.forEach(this::end);
    }
}
