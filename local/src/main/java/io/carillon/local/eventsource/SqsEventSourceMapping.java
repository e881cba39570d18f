package io.carillon.local.eventsource;

import java.time.Duration;

/**
 * Says how a queue feeds a function, in the words of Lambda's event source mapping.
 *
 * @param queueUrl names the queue; one whose name ends in {@code .fifo} is a FIFO queue
 * @param batchSize the most messages of one invocation: 1 to 10, or for a standard queue with a window 1 to 10,000
 * @param batchingWindow how long to gather a batch: whole seconds, 0 to 300; zero for a FIFO queue
 * @param maximumConcurrency the most invocations at the same time: 2 to 1,000
 * @param reportBatchItemFailures whether the answer names the messages that failed; if not, a batch fails or succeeds as
 *     a whole
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html">SQS parameters</a>
 */
public record SqsEventSourceMapping(
        String queueUrl,
        int batchSize,
        Duration batchingWindow,
        int maximumConcurrency,
        boolean reportBatchItemFailures) {

    private static final int MAX_RECEIVE = 10;
    private static final int MAX_BATCH = 10_000;
    private static final int DEFAULT_CONCURRENCY = 100;
    private static final Duration MAX_WINDOW = Duration.ofSeconds(300);

    public SqsEventSourceMapping {
        var fifo = queueUrl.endsWith(".fifo");
        check(batchSize >= 1 && batchSize <= MAX_BATCH, "batchSize must be 1 to 10,000");
        check(!fifo || batchSize <= MAX_RECEIVE, "batchSize of a FIFO queue must be 1 to 10");
        check(
                !batchingWindow.isNegative() && batchingWindow.compareTo(MAX_WINDOW) <= 0,
                "batchingWindow must be 0 to 300 s");
        check(!fifo || batchingWindow.isZero(), "a FIFO queue has no batchingWindow");
        check(
                batchSize <= MAX_RECEIVE || batchingWindow.compareTo(Duration.ofSeconds(1)) >= 0,
                "batchSize above 10 needs a batchingWindow of at least 1 s");
        check(maximumConcurrency >= 2 && maximumConcurrency <= 1_000, "maximumConcurrency must be 2 to 1,000");
    }

    /** Describes a mapping with batches of up to 10, no window, and reported item failures. */
    public static SqsEventSourceMapping of(String queueUrl) {
        return new SqsEventSourceMapping(queueUrl, MAX_RECEIVE, Duration.ZERO, DEFAULT_CONCURRENCY, true);
    }

    public SqsEventSourceMapping withBatches(int size, Duration window) {
        return new SqsEventSourceMapping(queueUrl, size, window, maximumConcurrency, reportBatchItemFailures);
    }

    public SqsEventSourceMapping withMaximumConcurrency(int limit) {
        return new SqsEventSourceMapping(queueUrl, batchSize, batchingWindow, limit, reportBatchItemFailures);
    }

    public SqsEventSourceMapping withReportBatchItemFailures(boolean report) {
        return new SqsEventSourceMapping(queueUrl, batchSize, batchingWindow, maximumConcurrency, report);
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
