package io.carillon.local.eventsource;

import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.FunctionThrottled;
import io.carillon.local.lambda.LambdaFunction;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a batch to the function, again and again while it is throttled, until the messages become visible again. */
final class BatchInvoker {

    private static final Logger LOG = LoggerFactory.getLogger(BatchInvoker.class);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final LambdaFunction function;
    private final SourceQueue queue;
    private final boolean reportBatchItemFailures;

    BatchInvoker(LambdaFunction function, SourceQueue queue, boolean reportBatchItemFailures) {
        this.function = function;
        this.queue = queue;
        this.reportBatchItemFailures = reportBatchItemFailures;
    }

    BatchOutcome invoke(ReceivedBatch batch) throws InterruptedException {
        var event = SqsEvent.write(batch.messages(), queue);
        var pause = FIRST_PAUSE_MILLIS;
        while (!batch.isVisibleAgain()) {
            try {
                var answer = function.invoke(event);
                return reportBatchItemFailures ? BatchOutcome.of(answer, batch) : BatchOutcome.success();
            } catch (FunctionThrottled e) {
                Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            } catch (FunctionError e) {
                LOG.warn(
                        "{} failed a batch of {}",
                        function.name(),
                        batch.messages().size(),
                        e);
                return BatchOutcome.failure(batch);
            }
        }
        LOG.warn("{} was throttled past the visibility timeout", function.name());
        return BatchOutcome.failure(batch);
    }
}
