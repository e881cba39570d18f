package io.carillon.longpoll;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * Relates the secret of a client to its connection's id. The id is a part of the secret's hash: tables and logs hold ids,
 * and whoever reads them cannot speak for a connection.
 */
public final class PollSession {

    /** What ids begin with; those of API Gateway are base64, which has no hyphen. */
    public static final String PREFIX = "lp-";

    private static final int BYTES = 18;
    private static final int ENCODED = BYTES * 4 / 3;

    // Not a seeded generator: its state would be the same in every Lambda environment restored from one snapshot.
    private static final SecureRandom RANDOM = new SecureRandom();

    private PollSession() {}

    /** Makes a secret of 144 bits. */
    static String create() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return encode(bytes);
    }

    /** Says whether a text could be a secret. */
    static boolean isOne(String session) {
        return session.length() == ENCODED;
    }

    /** Gives the id of the connection that a secret belongs to. */
    static String connection(String session) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(session.getBytes(StandardCharsets.UTF_8));
            return PREFIX + encode(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Says whether a connection is one of long-poll. */
    public static boolean isConnection(String id) {
        return id.startsWith(PREFIX);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
