package io.carillon.local.backends;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;

/** Says that a function did not get as far as its handler: in Lambda's words, with the remedy. */
final class InitFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InitFailed(Outcome outcome) {
        super(outcome.payload());
    }

    InitFailed(String message, Throwable cause) {
        super(Outcome.failed("Runtime.InitError", message).payload(), cause);
    }

    /** What went wrong, in full and as it was written; {@link #getMessage} is Lambda's JSON. */
    String reason() {
        try {
            return Json.read(getMessage(), JsonNode.class).path("errorMessage").asText(getMessage());
        } catch (MalformedJson e) {
            return getMessage();
        }
    }

    Outcome outcome() {
        return Outcome.failed(getMessage());
    }
}
