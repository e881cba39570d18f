package io.carillon.local.backends;

import io.carillon.events.Json;

/**
 * What an invocation came to.
 *
 * @param payload what the function returned; if it failed, Lambda's words for it
 * @param hasFailed whether the function threw, ended, or did not start
 */
record Outcome(String payload, boolean hasFailed) {

    /** How Lambda describes a failure. */
    private record Problem(String errorType, String errorMessage) {}

    static Outcome returned(String payload) {
        return new Outcome(payload, false);
    }

    static Outcome failed(String payload) {
        return new Outcome(payload, true);
    }

    /** A failure that is not the handler's own, by one of Lambda's types such as {@code Runtime.ExitError}. */
    static Outcome failed(String type, String message) {
        return failed(Json.write(new Problem(type, message)));
    }
}
