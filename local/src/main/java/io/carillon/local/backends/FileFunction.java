package io.carillon.local.backends;

import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A function whose code is a file here, as event sources invoke it. */
record FileFunction(String name, LocalFunction function) implements LambdaFunction {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    @Override
    public byte[] invoke(byte[] event) {
        try {
            Outcome outcome = function.invoke(name, new String(event, StandardCharsets.UTF_8), "", LONGEST);
            if (outcome.hasFailed()) {
                throw new FunctionError(outcome.payload(), null);
            }
            return outcome.payload().getBytes(StandardCharsets.UTF_8);
        } catch (TimeoutException e) {
            throw new FunctionError("it did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FunctionError("the call was interrupted", e);
        }
    }
}
