package io.carillon.dynamodb;

import java.security.SecureRandom;

/** Makes short random names. */
final class ShortId {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int LENGTH = 8;

    // Not a seeded generator: its state would be the same in every Lambda environment restored from one snapshot.
    private static final SecureRandom RANDOM = new SecureRandom();

    private ShortId() {}

    /** Makes a name of 8 letters and digits (47 bits), as Centrifugo's epochs look. */
    static String next() {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
