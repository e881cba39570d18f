package io.carillon.local.faults;

import io.carillon.local.calls.CallFilter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.sns.model.EndpointDisabledException;
import software.amazon.awssdk.services.sns.model.InternalErrorException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.SnsRequest;
import software.amazon.awssdk.services.sns.model.ThrottledException;
import software.amazon.awssdk.services.sqs.model.RequestThrottledException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.SqsRequest;

/**
 * Ends invocations at the calls they make, and fails those calls. What fails here has failed for good: it stands above
 * the SDK's own retries.
 */
final class CallFaults implements CallFilter {

    /** How event sources are named in {@code function=}: they work for no function. */
    static final String POLLER = "poller";

    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final Supplier<List<ActiveFault>> active;
    private final Ending ending;
    private final boolean polling;

    CallFaults(Supplier<List<ActiveFault>> active, boolean polling) {
        this.active = active;
        this.ending = new Ending(active);
        this.polling = polling;
    }

    @Override
    public SdkResponse call(SdkRequest request, Next next) {
        Optional<Invocation> invocation = Invocation.current();
        invocation.ifPresent(running -> {
            running.requireAlive();
            ending.at(running, step -> step.isBefore(request));
        });
        if (strikes(Kind.THROTTLE, request, invocation)) {
            throw throttled(request);
        }
        if (strikes(Kind.FAIL, request, invocation)) {
            throw failed(request);
        }
        if (request instanceof PublishRequest push && push.targetArn() != null && strikes(Kind.DEAD_TOKEN)) {
            throw EndpointDisabledException.builder()
                    .message("A fault disabled this endpoint")
                    .statusCode(BAD_REQUEST)
                    .build();
        }
        SdkResponse answer = next.make(request);
        invocation.ifPresent(running -> ending.at(running, step -> step.isAfter(request)));
        if (strikes(Kind.LOSE_ANSWER, request, invocation)) {
            throw SdkClientException.create("A fault lost the answer of a call that was made");
        }
        return answer;
    }

    private boolean strikes(Kind kind) {
        return active.get().stream().filter(one -> one.fault().kind() == kind).anyMatch(ActiveFault::strikes);
    }

    private boolean strikes(Kind kind, SdkRequest request, Optional<Invocation> invocation) {
        return active.get().stream()
                .filter(one -> one.fault().kind() == kind && concerns(one.fault(), request, invocation))
                .anyMatch(ActiveFault::strikes);
    }

    private boolean concerns(Fault fault, SdkRequest request, Optional<Invocation> invocation) {
        boolean service = fault.allows(Key.SERVICE, "dynamodb")
                        && request instanceof DynamoDbRequest
                        && fault.value(Key.TABLE)
                                .map(table -> CalledTables.of(request).anyMatch(name -> name.endsWith(table)))
                                .orElse(true)
                || fault.allows(Key.SERVICE, "sqs") && request instanceof SqsRequest
                || fault.allows(Key.SERVICE, "sns") && request instanceof SnsRequest;
        if (polling) {
            return service && fault.value(Key.CALLER).filter(POLLER::equals).isPresent();
        }
        return service
                && invocation
                        .map(running -> fault.allows(Key.CALLER, running.function()))
                        .orElse(fault.value(Key.CALLER).isEmpty());
    }

    private static RuntimeException throttled(SdkRequest request) {
        if (request instanceof DynamoDbRequest) {
            return ProvisionedThroughputExceededException.builder()
                    .message("A fault throttled this call")
                    .statusCode(BAD_REQUEST)
                    .build();
        }
        if (request instanceof SnsRequest) {
            return ThrottledException.builder()
                    .message("A fault throttled this call")
                    .statusCode(TOO_MANY)
                    .build();
        }
        return RequestThrottledException.builder()
                .message("A fault throttled this call")
                .statusCode(BAD_REQUEST)
                .build();
    }

    private static RuntimeException failed(SdkRequest request) {
        if (request instanceof DynamoDbRequest) {
            return InternalServerErrorException.builder()
                    .message("A fault failed this call")
                    .statusCode(SERVER_ERROR)
                    .build();
        }
        if (request instanceof SnsRequest) {
            return InternalErrorException.builder()
                    .message("A fault failed this call")
                    .statusCode(SERVER_ERROR)
                    .build();
        }
        return SqsException.builder()
                .message("A fault failed this call")
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("InternalError").build())
                .statusCode(SERVER_ERROR)
                .build();
    }
}
