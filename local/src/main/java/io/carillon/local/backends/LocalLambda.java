package io.carillon.local.backends;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** As much of a Lambda client as Carillon calls, over functions in files; an ARN's Region, account and alias are not looked at. */
final class LocalLambda implements LambdaClient {

    private static final int NAME = 6;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Map<String, LocalFunction> functions;

    LocalLambda(Map<String, LocalFunction> functions) {
        this.functions = functions;
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        String name = request.functionName().split(":")[NAME];
        LocalFunction function = Optional.ofNullable(functions.get(name))
                .orElseThrow(() -> ResourceNotFoundException.builder()
                        .message("there is no function " + name + " on this machine: start ./carillon dev with"
                                + " --function " + name + "=FILE, a file of yours in " + FunctionFile.KINDS)
                        .build());
        Duration timeout = request.overrideConfiguration()
                .flatMap(AwsRequestOverrideConfiguration::apiCallTimeout)
                .orElse(LONGEST);
        try {
            Outcome outcome = function.invoke(
                    request.functionName(), request.payload().asUtf8String(), context(request), timeout);
            return InvokeResponse.builder()
                    .statusCode(200)
                    .functionError(outcome.hasFailed() ? "Unhandled" : null)
                    .payload(SdkBytes.fromUtf8String(outcome.payload()))
                    .build();
        } catch (TimeoutException e) {
            throw ApiCallTimeoutException.create("the function " + name + " did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("The call of " + name + " was interrupted", e);
        }
    }

    private static String context(InvokeRequest request) {
        return request.clientContext() == null
                ? ""
                : new String(Base64.getDecoder().decode(request.clientContext()), StandardCharsets.UTF_8);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Nothing is its own: the functions are closed by whoever has them. */
    @Override
    public void close() {}
}
