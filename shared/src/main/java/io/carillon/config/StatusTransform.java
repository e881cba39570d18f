package io.carillon.config;

/** Holds what an HTTP status code of a backend other than 200 means for the client: an error or a disconnect. */
public record StatusTransform(
        @Key(value = "The HTTP status code of the backend that is meant.", min = 100, max = 599)
        int statusCode,

        ErrorTransform toError,
        DisconnectTransform toDisconnect) {

    /** The error that the client gets. */
    public record ErrorTransform(
            @Key("The error's code, 400 to 1999; 0 means no error.")
            int code,

            @Key("The error's text.") String message,

            @Key("Whether the client library may try again.")
            boolean temporary) {}

    /** The disconnect that the client gets. */
    public record DisconnectTransform(
            @Key("The disconnect's code, 4000 to 4999; 0 means no disconnect.")
            int code,

            @Key("The disconnect's text.") String reason) {}
}
