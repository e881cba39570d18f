package io.carillon.apigateway;

import io.carillon.metrics.Measure;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What a failed call says. */
enum Fault {
    /** 410: the connection seems to be gone. */
    GONE,
    /** 400: the connection id is not one, or the request is not right. */
    BAD_REQUEST,
    /** 429, 5xx, or no answer at all because the network failed: it may go better soon. */
    PASSING,
    /** No answer in time. The message may have arrived, so it is not sent again. */
    TIMEOUT,
    /** 403, 413, and whatever else will not go better: something is set up wrong. */
    REFUSED;

    static Fault of(Throwable failure) {
        return switch (cause(failure)) {
            case SdkServiceException e -> ofStatus(e.statusCode());
            case ApiCallTimeoutException e -> TIMEOUT;
            case ApiCallAttemptTimeoutException e -> TIMEOUT;
            case SdkClientException e -> PASSING;
            default -> REFUSED;
        };
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What a refusal is counted as, if it is one that tells of the load or of clients that have left. */
    static Optional<Measure> measure(Throwable failure) {
        return cause(failure) instanceof SdkServiceException e
                ? switch (e.statusCode()) {
                    case 410 -> Optional.of(Measure.GONE_POSTS);
                    case 429 -> Optional.of(Measure.THROTTLED_POSTS);
                    default -> Optional.empty();
                }
                : Optional.empty();
    }

    private static Fault ofStatus(int status) {
        return switch (status) {
            case 410 -> GONE;
            case 400 -> BAD_REQUEST;
            case 429 -> PASSING;
            default -> status >= 500 ? PASSING : REFUSED;
        };
    }
}
