package io.carillon.events;

/** Answers one request of the server API. */
public sealed interface ApiReply {

    /** The request was carried out. */
    record Done(ApiResult result) implements ApiReply {}

    /** The request was refused. */
    record Refused(ApiError error) implements ApiReply {}

    /** Answers with a result. */
    static ApiReply of(ApiResult result) {
        return new Done(result);
    }

    /** Answers with an error. */
    static ApiReply of(ApiError error) {
        return new Refused(error);
    }

    /**
     * Writes the body of the HTTP answer: {@code {"result":{…}}} or {@code {"error":{…}}}. Only a batch is not wrapped:
     * it is {@code {"replies":[…]}}.
     */
    default String write() {
        return this instanceof Done(ApiResult.Batch batch) ? Json.write(batch) : Json.write(this);
    }
}
