package io.carillon.local.faults;

import io.carillon.local.calls.CallFilter;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Throttles and fails calls, loses their answers, and kills invocations at the calls they make. The harm is done outside
 * of the SDK client, as if it had already retried in vain.
 */
final class HarmfulCalls implements CallFilter {

    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private final Faults faults;

    HarmfulCalls(Faults faults) {
        this.faults = faults;
    }

    @Override
    public SdkResponse call(SdkRequest request, Next next) {
        if (faults.isQuiet()) {
            return next.make(request);
        }
        Optional<Doom> doom = Doom.current();
        doom.ifPresent(one -> one.before(request));
        boolean isDynamoDb = request instanceof DynamoDbRequest;
        if (strikes(FaultKind.THROTTLE, isDynamoDb)) {
            throw throttled(isDynamoDb);
        }
        if (strikes(FaultKind.FAIL, isDynamoDb)) {
            throw failed(isDynamoDb);
        }
        SdkResponse response = next.make(request);
        doom.ifPresent(one -> one.after(request));
        if (strikes(FaultKind.LOSE_ANSWER, isDynamoDb)) {
            throw SdkClientException.create("The answer was lost, on purpose");
        }
        return response;
    }

    private boolean strikes(FaultKind kind, boolean isDynamoDb) {
        String service = isDynamoDb ? "dynamodb" : "sqs";
        return faults.strike(
                        kind,
                        fault ->
                                fault.service().equals("any") || fault.service().equals(service))
                .isPresent();
    }

    private static SdkException throttled(boolean isDynamoDb) {
        return isDynamoDb
                ? ProvisionedThroughputExceededException.builder()
                        .message("Throttled, on purpose")
                        .statusCode(BAD_REQUEST)
                        .awsErrorDetails(details("ProvisionedThroughputExceededException"))
                        .build()
                : SqsException.builder()
                        .message("Throttled, on purpose")
                        .statusCode(BAD_REQUEST)
                        .awsErrorDetails(details("RequestThrottled"))
                        .build();
    }

    private static SdkException failed(boolean isDynamoDb) {
        return isDynamoDb
                ? DynamoDbException.builder()
                        .message("Failed, on purpose")
                        .statusCode(SERVER_ERROR)
                        .awsErrorDetails(details("InternalServerError"))
                        .build()
                : SqsException.builder()
                        .message("Failed, on purpose")
                        .statusCode(SERVER_ERROR)
                        .awsErrorDetails(details("InternalFailure"))
                        .build();
    }

    private static AwsErrorDetails details(String code) {
        return AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage("On purpose")
                .build();
    }
}
