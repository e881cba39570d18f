package io.carillon.local.pages;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Holds one file of the page, with the ETag that names its content. */
record Asset(byte[] content, String contentType, String etag) {

    private static final int ETAG_BYTES = 12;

    static Asset of(byte[] content, String contentType) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new Asset(content, contentType, "\"" + HexFormat.of().formatHex(digest, 0, ETAG_BYTES) + "\"");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
