package io.carillon.local.latency;

import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.LambdaFunction;
import java.time.Duration;
import java.util.Set;

/** Lets each invocation begin as late as Lambda and, for a function that a queue feeds, its event source would. */
final class DelayedFunction implements LambdaFunction {

    private static final Set<String> FED_BY_QUEUE = Set.of("deliver");

    private final LambdaFunction function;
    private final Latency latency;

    DelayedFunction(LambdaFunction function, Latency latency) {
        this.function = function;
        this.latency = latency;
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public byte[] invoke(byte[] event) {
        Duration delay = latency.next(Hop.LAMBDA_INVOKE).plus(latency.coldStart());
        if (FED_BY_QUEUE.contains(name())) {
            delay = delay.plus(latency.next(Hop.SQS_PICK_UP));
        }
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FunctionError("The caller of " + name() + " was interrupted", e);
        }
        return function.invoke(event);
    }
}
