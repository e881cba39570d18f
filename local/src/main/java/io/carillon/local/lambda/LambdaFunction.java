package io.carillon.local.lambda;

/**
 * Invokes a function as the Lambda service does: JSON bytes of an event in, JSON bytes of the answer out.
 *
 * <p>Safe for use by several threads: invocations run side by side, as they do in Lambda.
 */
public interface LambdaFunction {

    /** Names the function, as its deployment names it. */
    String name();

    /**
     * Runs one invocation and waits for its answer.
     *
     * @param event the event's JSON in UTF-8
     * @return the answer's JSON in UTF-8; empty when the handler wrote nothing
     * @throws FunctionError if the handler threw or ran past its timeout
     * @throws FunctionThrottled if the concurrency limit leaves no room for one more invocation
     */
    byte[] invoke(byte[] event);
}
