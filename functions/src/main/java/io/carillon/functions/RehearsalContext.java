package io.carillon.functions;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;

/** What an invocation that nobody made knows of itself. */
record RehearsalContext() implements Context {

    private static final String NAME = "rehearsal";

    @Override
    public String getAwsRequestId() {
        return NAME;
    }

    @Override
    public String getLogGroupName() {
        return NAME;
    }

    @Override
    public String getLogStreamName() {
        return NAME;
    }

    @Override
    public String getFunctionName() {
        return NAME;
    }

    @Override
    public String getFunctionVersion() {
        return NAME;
    }

    @Override
    public String getInvokedFunctionArn() {
        return NAME;
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException("No identity in a rehearsal");
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException("No client in a rehearsal");
    }

    @Override
    public int getRemainingTimeInMillis() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int getMemoryLimitInMB() {
        return 512;
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                log(message.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void log(byte[] message) {
                // A rehearsal has nothing to say.
            }
        };
    }
}
