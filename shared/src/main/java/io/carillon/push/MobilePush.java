package io.carillon.push;

import io.carillon.events.ApiError;

/** What the server API does with mobile push. */
public record MobilePush(PushApi api, PublishedPush published) {

    /** Answers for all of it where it is not set up. */
    public static final ApiError MISSING = new ApiError(
            ApiError.NOT_AVAILABLE.code(),
            ApiError.NOT_AVAILABLE.message() + ": this deployment has no mobile push; give it a platform application");
}
