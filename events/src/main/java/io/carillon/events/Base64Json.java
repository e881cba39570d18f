package io.carillon.events;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Decodes the {@code b64…} fields, by which JSON APIs carry bytes. Carillon's frames are text, so it must be JSON. */
final class Base64Json {

    private Base64Json() {}

    /** Gives the decoded value if there is one, and else the plain one. */
    static RawJson prefer(String encoded, RawJson plain) {
        return encoded.isEmpty() ? plain : Json.read(decode(encoded), RawJson.class);
    }

    private static String decode(String encoded) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new MalformedJson("not JSON in base64: " + e.getClass().getSimpleName());
        }
    }
}
