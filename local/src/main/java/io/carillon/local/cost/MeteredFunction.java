package io.carillon.local.cost;

import io.carillon.local.lambda.FunctionThrottled;
import io.carillon.local.lambda.LambdaFunction;
import java.util.function.LongSupplier;

/** Counts a function's invocations and how long they took, each rounded up to a millisecond as Lambda does. */
final class MeteredFunction implements LambdaFunction {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final LambdaFunction function;
    private final Deployment.Function deployed;
    private final Counters counters;
    private final LongSupplier nanoTime;

    MeteredFunction(LambdaFunction function, Deployment.Function deployed, Counters counters, LongSupplier nanoTime) {
        this.function = function;
        this.deployed = deployed;
        this.counters = counters;
        this.nanoTime = nanoTime;
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public byte[] invoke(byte[] event) {
        long began = nanoTime.getAsLong();
        try {
            byte[] answer = function.invoke(event);
            count(began);
            return answer;
        } catch (FunctionThrottled e) {
            // Nothing ran, so nothing is billed.
            throw e;
        } catch (RuntimeException e) {
            count(began);
            throw e;
        }
    }

    private void count(long began) {
        long millis = Counters.units(nanoTime.getAsLong() - began, Math.toIntExact(NANOS_PER_MILLI));
        counters.add(Billed.LAMBDA_REQUESTS, 1);
        counters.add(deployed.duration(), deployed.gigabytes() * millis / MILLIS_PER_SECOND);
    }
}
