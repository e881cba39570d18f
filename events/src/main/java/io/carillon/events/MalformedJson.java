package io.carillon.events;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Says that a text is not JSON, or not of the form that its place asks for. Holds no part of the text. */
public final class MalformedJson extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedJson(JsonProcessingException cause) {
        super(cause.getOriginalMessage(), cause);
    }

    public MalformedJson(String message) {
        super(message);
    }
}
