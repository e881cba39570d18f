package io.carillon.local.eventsource;

import io.carillon.local.lambda.LambdaFunction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Feeds a function from a queue as Lambda's event source mapping does: pollers receive, each batch is one invocation on
 * a thread of its own, what succeeded is deleted. Batches of different message groups run side by side; two batches of
 * one group never do. A batch holds what one receive returned, so it may mix groups, each in its own order.
 *
 * <p>Closing ends the polling and waits a few seconds for the invocations under way; what those leave is received again
 * after the visibility timeout.
 */
public final class SqsEventSource implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqsEventSource.class);

    /** As many as Lambda starts with. With fewer, a queue that prefers some message groups keeps the others waiting. */
    private static final int POLLERS = 5;

    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final SourceQueue queue;
    private final QueueWatch watch;
    private final BatchReceiver receiver;
    private final BatchInvoker invoker;
    private final BatchSettler settler;
    private final Unsettled unsettled;
    private final GroupLocks groups = new GroupLocks();
    private final Semaphore slots;
    private final int maximumConcurrency;
    private final String name;
    private final List<Thread> pollers = new ArrayList<>();
    private volatile boolean closed;

    private SqsEventSource(SqsEventSourceMapping mapping, SqsClient sqs, QueueWatch watch, LambdaFunction function) {
        this.queue = SourceQueue.of(sqs, mapping.queueUrl());
        this.watch = watch;
        this.receiver = new BatchReceiver(sqs, queue, mapping, watch);
        this.invoker = new BatchInvoker(function, queue, mapping.reportBatchItemFailures());
        this.settler = new BatchSettler(sqs, queue);
        this.unsettled = new Unsettled(queue.maximumReceives(), InstantSource.system());
        this.maximumConcurrency = mapping.maximumConcurrency();
        this.slots = new Semaphore(maximumConcurrency);
        this.name = function.name();
    }

    /** Starts to poll an existing queue. */
    public static SqsEventSource start(
            SqsEventSourceMapping mapping, SqsClient sqs, QueueWatch watch, LambdaFunction function) {
        var source = new SqsEventSource(mapping, sqs, watch, function);
        for (var i = 0; i < POLLERS; i++) {
            source.pollers.add(
                    Thread.ofVirtual().name(source.name + "-poller-" + i).start(source::poll));
        }
        return source;
    }

    /** Gives the age of the oldest message that was received and is neither deleted nor given up; zero if there is none. */
    public Duration oldest() {
        return unsettled.oldest();
    }

    @Override
    public void close() {
        closed = true;
        pollers.forEach(Thread::interrupt);
        try {
            for (var poller : pollers) {
                poller.join(CLOSE_WITHIN);
            }
            if (!slots.tryAcquire(maximumConcurrency, CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} still had invocations from {} under way", name, queue.url());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll() {
        while (!closed) {
            try {
                pollOnce();
            } catch (InterruptedException e) {
                return;
            } catch (SdkException e) {
                if (closed) {
                    return;
                }
                LOG.warn("Cannot receive from {}; trying again", queue.url(), e);
                pause();
            }
        }
    }

    private void pollOnce() throws InterruptedException {
        // A slot comes first: a message received without one would spend its visibility timeout waiting.
        slots.acquire();
        var mark = watch.mark(queue.url());
        if (receiveAndProcess()) {
            watch.found(queue.url());
        } else {
            slots.release();
            watch.await(queue.url(), mark);
        }
    }

    /** Says whether a batch was received; if so, the slot is now its invocation's. */
    private boolean receiveAndProcess() throws InterruptedException {
        try {
            var batch = receiver.receive();
            if (batch.isEmpty()) {
                return false;
            }
            unsettled.received(batch);
            Thread.ofVirtual().name(name + "-invocation").start(() -> process(batch));
            return true;
        } catch (RuntimeException | InterruptedException e) {
            slots.release();
            throw e;
        }
    }

    private void process(ReceivedBatch batch) {
        var locked = batch.lockedGroups();
        try {
            groups.acquire(locked);
            try {
                // Messages that became visible while waiting for their group belong to a later receive.
                if (!batch.isVisibleAgain()) {
                    var outcome = invoker.invoke(batch);
                    settler.settle(batch, outcome);
                    unsettled.settled(batch, outcome);
                }
            } finally {
                groups.release(locked);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("A batch from {} is left to be received again", queue.url(), e);
        } finally {
            slots.release();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_ERROR);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
