package io.carillon.local.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Tells a handler about its invocation what the Lambda runtime would. */
record InvocationContext(String requestId, String function, long deadlineNanos) implements Context {

    private static final int MEMORY_MB = 1_769;

    static InvocationContext of(String function, Duration timeout) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        // An id to tell invocations apart, not a secret: the cheap generator keeps it off the profile of load runs.
        String requestId = new UUID(random.nextLong(), random.nextLong()).toString();
        return new InvocationContext(requestId, function, System.nanoTime() + timeout.toNanos());
    }

    @Override
    public String getAwsRequestId() {
        return requestId;
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + function;
    }

    @Override
    public String getLogStreamName() {
        return "local";
    }

    @Override
    public String getFunctionName() {
        return function;
    }

    @Override
    public String getFunctionVersion() {
        return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:us-east-1:000000000000:function:" + function;
    }

    /** Null, as Lambda gives when no Cognito identity made the call. */
    @Override
    public CognitoIdentity getIdentity() {
        return null;
    }

    /** Null, as Lambda gives when no mobile SDK made the call. */
    @Override
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.max(0, (deadlineNanos - System.nanoTime()) / 1_000_000);
    }

    @Override
    public int getMemoryLimitInMB() {
        return MEMORY_MB;
    }

    @Override
    public LambdaLogger getLogger() {
        return new FunctionLogger(function);
    }
}
