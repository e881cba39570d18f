package io.carillon.events;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * Carries a JSON value as the text its sender wrote, so that numbers, key order and spacing reach the receiver
 * unchanged. Only line breaks between tokens become spaces, because a line break ends a command in the frame.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param text one JSON value, without raw line breaks; empty when there is no value
 */
@JsonSerialize(using = RawJsonSerializer.class)
@JsonDeserialize(using = RawJsonDeserializer.class)
public record RawJson(String text) {

    /** Stands for an absent value, which is not the same as a JSON {@code null}. */
    public static final RawJson NONE = new RawJson("");

    public RawJson {
        // A raw line break cannot stand inside a JSON string, so it can only be spacing.
        text = text.replace('\n', ' ').replace('\r', ' ');
    }

    /** Wraps the text of one JSON value, which the caller vouches is well formed. */
    public static RawJson of(String text) {
        return text.isEmpty() ? NONE : new RawJson(text);
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    public boolean isPresent() {
        return !text.isEmpty();
    }

    /** Gives this value, or the other one if there is none. */
    public RawJson or(RawJson other) {
        return isPresent() ? this : other;
    }

    @Override
    public String toString() {
        return text;
    }
}
