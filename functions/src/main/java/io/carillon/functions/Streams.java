package io.carillon.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads events and writes answers, which are JSON in UTF-8. */
final class Streams {

    private Streams() {}

    static String text(InputStream input) throws IOException {
        return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }

    static void write(OutputStream output, String json) throws IOException {
        output.write(json.getBytes(StandardCharsets.UTF_8));
    }
}
