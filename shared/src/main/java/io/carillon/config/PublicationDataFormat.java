package io.carillon.config;

import io.carillon.events.RawJson;

/** Says what the data of a publication must be; anything else is refused with error 107. */
public enum PublicationDataFormat {
    /** Any JSON value, but not nothing. */
    ANY,
    /** A well-formed JSON value. */
    JSON,
    /** A well-formed JSON object. */
    JSON_OBJECT;

    /** Says whether a publication may carry this; any that was read from a frame or a request is well formed. */
    public boolean accepts(RawJson data) {
        return this == JSON_OBJECT ? data.text().startsWith("{") : data.isPresent();
    }
}
