package io.carillon.config;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes a configuration fit an environment variable: Lambda gives all of a function's together 4 KB. A short one stays
 * readable; a longer one is compressed, which makes dozens of namespaces fit.
 */
public final class PackedConfig {

    private static final String COMPRESSED = "gzip:";

    /** Leaves a quarter of Lambda's 4 KB to the other variables. */
    private static final int MOST = 3 * 1024;

    private PackedConfig() {}

    /**
     * Packs a configuration.
     *
     * @param json the configuration, JSON
     * @throws IllegalArgumentException if it does not fit even when compressed
     */
    public static String pack(String json) {
        if (json.getBytes(StandardCharsets.UTF_8).length <= MOST) {
            return json;
        }
        String packed = COMPRESSED + Base64.getEncoder().encodeToString(compress(json));
        if (packed.length() > MOST) {
            throw new IllegalArgumentException("The configuration is too large: compressed it takes " + packed.length()
                    + " bytes, and Lambda leaves it " + MOST + ". Leave out keys that have their default, name a"
                    + " jwks_public_endpoint in place of public keys, or merge namespaces that have the same options");
        }
        return packed;
    }

    /**
     * Gives back what was packed.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    public static String unpack(String packed) {
        if (!packed.startsWith(COMPRESSED)) {
            return packed;
        }
        byte[] bytes = Base64.getDecoder().decode(packed.substring(COMPRESSED.length()));
        try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("The packed configuration is damaged: deploy again", e);
        }
    }

    private static byte[] compress(String json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream output = new GZIPOutputStream(bytes)) {
            output.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
