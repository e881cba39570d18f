package io.carillon.events;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;

/**
 * Says that a text is not JSON, or not of the form that its place asks for. Says where, but holds no part of the text,
 * which may be a secret.
 */
public final class MalformedJson extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says where reading stopped. */
    public MalformedJson(JsonProcessingException cause) {
        this(describe(cause));
    }

    /** Says what is wrong in words of Carillon's own. */
    public MalformedJson(String message) {
        super(message);
    }

    /** Says that reading broke down, and where in the code, but not over which text. */
    static MalformedJson causedBy(RuntimeException cause) {
        if (cause instanceof MalformedJson malformed) {
            return malformed;
        }
        MalformedJson malformed =
                new MalformedJson("not readable: " + cause.getClass().getSimpleName());
        malformed.setStackTrace(cause.getStackTrace());
        return malformed;
    }

    private static String describe(JsonProcessingException cause) {
        String what = cause instanceof JsonMappingException ? "JSON of another form than expected" : "not JSON";
        JsonLocation where = cause.getLocation();
        return where == null ? what : what + " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
    }
}
