package io.carillon.local.backends;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tells a handler about its invocation what the Runtime API's headers say. */
final class JavaContext implements Context {

    private final HttpHeaders headers;
    private final Map<String, String> custom;

    JavaContext(HttpHeaders headers, JsonMapper json) {
        this.headers = headers;
        this.custom = custom(headers.firstValue("Lambda-Runtime-Client-Context").orElse("{}"), json);
    }

    private static Map<String, String> custom(String context, JsonMapper json) {
        try {
            return json.convertValue(json.readTree(context).path("custom"), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The client context must be JSON", e);
        }
    }

    @Override
    public String getAwsRequestId() {
        return headers.firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
    }

    @Override
    public String getLogGroupName() {
        return System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
    }

    @Override
    public String getLogStreamName() {
        return System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
    }

    @Override
    public String getFunctionName() {
        return System.getenv("AWS_LAMBDA_FUNCTION_NAME");
    }

    @Override
    public String getFunctionVersion() {
        return System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
    }

    @Override
    public String getInvokedFunctionArn() {
        return headers.firstValue("Lambda-Runtime-Invoked-Function-Arn").orElseThrow();
    }

    /** Null, as Lambda gives when no Cognito identity made the call. */
    @Override
    public CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public ClientContext getClientContext() {
        return new CustomOnly(custom);
    }

    @Override
    public int getRemainingTimeInMillis() {
        long deadline = headers.firstValueAsLong("Lambda-Runtime-Deadline-Ms").orElseThrow();
        return (int) Math.max(0, deadline - System.currentTimeMillis());
    }

    @Override
    public int getMemoryLimitInMB() {
        return Integer.parseInt(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                System.out.println(message);
            }

            @Override
            public void log(byte[] message) {
                System.out.println(new String(message, StandardCharsets.UTF_8));
            }
        };
    }

    /** What a caller that is no mobile SDK gives. */
    private record CustomOnly(Map<String, String> custom) implements ClientContext {

        @Override
        public Client getClient() {
            return null;
        }

        @Override
        public Map<String, String> getCustom() {
            return custom;
        }

        @Override
        public Map<String, String> getEnvironment() {
            return Map.of();
        }
    }
}
