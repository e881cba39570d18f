package io.carillon.local.faults;

import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.LambdaFunction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A function whose invocations are killed, cut short, held back or doubled. */
final class HarmfulFunction implements LambdaFunction {

    private static final String DELIVER = "deliver";
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration COLD_START = Duration.ofSeconds(2);

    private final LambdaFunction function;
    private final Faults faults;

    HarmfulFunction(LambdaFunction function, Faults faults) {
        this.function = function;
        this.faults = faults;
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public byte[] invoke(byte[] event) {
        if (faults.isQuiet()) {
            return function.invoke(event);
        }
        faults.strike(FaultKind.COLD_START, fault -> fault.isFor(name())).ifPresent(this::start);
        if (name().equals(DELIVER)) {
            if (faults.strike(FaultKind.OVERLAP).isPresent()) {
                Thread.ofVirtual().start(() -> beside(event));
            }
            if (faults.strike(FaultKind.DUPLICATE_BATCH).isPresent()) {
                function.invoke(event);
            }
        }
        Optional<Fault> timeout = faults.strike(FaultKind.TIMEOUT, fault -> fault.isFor(name()));
        if (timeout.isPresent()) {
            return cutShort(event, timeout.get().duration("after", SOON));
        }
        return faults.strike(FaultKind.KILL, fault -> fault.isFor(name()))
                .map(fault -> kill(event, fault.step()))
                .orElseGet(() -> function.invoke(event));
    }

    private void start(Fault fault) {
        try {
            Thread.sleep(fault.duration("delay", COLD_START));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FunctionError("The caller of " + name() + " was interrupted", e);
        }
    }

    private void beside(byte[] event) {
        try {
            function.invoke(event);
        } catch (RuntimeException e) {
            // One of the two is expected to lose against the other.
            Faults.LOG.debug("The overlapping delivery failed", e);
        }
    }

    private byte[] kill(byte[] event, Step step) {
        Doom doom = new Doom(step);
        doom.impose();
        byte[] answer;
        try {
            answer = function.invoke(event);
        } finally {
            Doom.lift();
        }
        if (doom.isDead() || step == Step.AFTER_REPLY) {
            throw new FunctionError("Killed at " + step.label() + " in " + name(), null);
        }
        return answer;
    }

    private byte[] cutShort(byte[] event, Duration after) {
        FutureTask<byte[]> task = new FutureTask<>(() -> function.invoke(event));
        Thread.ofVirtual().name(name()).start(task);
        try {
            return task.get(after.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new FunctionError("Task timed out after " + after.toMillis() + " ms in " + name(), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new FunctionError(name(), e.getCause());
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new FunctionError("The caller of " + name() + " was interrupted", e);
        }
    }
}
