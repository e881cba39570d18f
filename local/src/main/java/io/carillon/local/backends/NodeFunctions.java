package io.carillon.local.backends;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs JavaScript with the {@code node} on the PATH; the runtime in front of the handler is a resource. */
final class NodeFunctions {

    private static final String RUNTIME = "node-runtime.mjs";

    private NodeFunctions() {}

    /** The runtime goes along as an argument, so that there is no file of it to find or to clean up. */
    static List<String> command() {
        return List.of("node", "--input-type=module", "--eval", runtime(), "--");
    }

    private static String runtime() {
        try (InputStream source = NodeFunctions.class.getResourceAsStream(RUNTIME)) {
            if (source == null) {
                throw new IllegalStateException(RUNTIME + " is missing: build again");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
