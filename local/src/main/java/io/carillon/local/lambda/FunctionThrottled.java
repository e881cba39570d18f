package io.carillon.local.lambda;

/** Says that the concurrency limit left no room for an invocation: what Lambda answers with 429. */
public final class FunctionThrottled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FunctionThrottled(String function) {
        super("No concurrency left for " + function);
    }
}
