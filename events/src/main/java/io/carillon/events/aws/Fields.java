package io.carillon.events.aws;

import io.carillon.events.MalformedJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the loose ends of AWS events: absent maps, header names in any case, numbers in strings, encoded bodies. */
final class Fields {

    private Fields() {}

    static String text(String value) {
        return value == null ? "" : value;
    }

    static Map<String, String> map(Map<String, String> values) {
        Map<String, String> present = new TreeMap<>();
        if (values != null) {
            values.forEach((name, value) -> present.put(name, text(value)));
        }
        return Collections.unmodifiableMap(present);
    }

    static Map<String, String> headers(Map<String, String> values) {
        Map<String, String> lower = new TreeMap<>();
        map(values).forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return Collections.unmodifiableMap(lower);
    }

    static long number(String value, String name) {
        if (value == null) {
            return 0;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new MalformedJson(name + " is not a whole number");
        }
    }

    /** Gives a body's text; empty if it is not text. */
    static Optional<String> body(String body, boolean encoded) {
        if (body == null || !encoded) {
            return Optional.of(text(body));
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(body));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new MalformedJson("body is not base64, though isBase64Encoded says so");
        }
    }
}
