package io.carillon.config;

/** Says what the data of a publication must be; anything else is refused with error 107. */
public enum PublicationDataFormat {
    /** Any JSON value, but not nothing. */
    ANY,
    /** A well-formed JSON value. */
    JSON,
    /** A well-formed JSON object. */
    JSON_OBJECT
}
