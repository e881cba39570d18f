package io.carillon.config;

/**
 * Holds what becomes of a command whose backend fails: error 100 unless one of the three is set. Beside them, Centrifugo
 * knows what a status means only, {@link StatusTransform}, which comes first.
 */
public record FailureConfig(
        StatusTransform.ErrorTransform toError,
        StatusTransform.DisconnectTransform toDisconnect,

        @Key(
                "Grants what was asked, as an answer of `{}` does, while the backend is down: it is not reached, takes too long, "
                        + "throws, or answers with a status of 500 or more, or is left alone after that. Other failures get "
                        + "error 100. Only for `channel.proxy.subscribe`, `channel.proxy.publish`, and those of `proxies` that "
                        + "answer these.")
        boolean allow) {

    /** Says whether anything else than error 100 is configured. */
    boolean isSet() {
        return allow || toError.code() > 0 || toDisconnect.code() > 0;
    }
}
