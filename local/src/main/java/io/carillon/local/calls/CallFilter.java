package io.carillon.local.calls;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * Stands around each call that is made to DynamoDB, SQS or SNS: sees the request and the answer, may wait, may fail the
 * call before or after it was made, and may change either.
 *
 * <p>Called on the caller's thread, by many at once.
 */
@FunctionalInterface
public interface CallFilter {

    /** Makes the call, through the filters that are left. */
    @FunctionalInterface
    interface Next {
        SdkResponse make(SdkRequest request);
    }

    /**
     * Carries out one call.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException as the service would
     */
    SdkResponse call(SdkRequest request, Next next);

    /** Lets every call pass. */
    static CallFilter none() {
        return (request, next) -> next.make(request);
    }

    /** Puts this filter around another, which is nearer to the service. */
    default CallFilter around(CallFilter inner) {
        return (request, next) -> call(request, passed -> inner.call(passed, next));
    }
}
