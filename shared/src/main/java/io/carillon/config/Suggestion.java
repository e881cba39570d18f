package io.carillon.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the key that somebody probably meant. */
final class Suggestion {

    private Suggestion() {}

    /**
     * Gives the nearest key of the same section, or else the full path of a key elsewhere whose name ends alike, so
     * that the flat names of Centrifugo before v6 find their place: {@code token_hmac_secret_key} is
     * {@code client.token.hmac_secret_key}.
     */
    static Optional<String> of(Class<? extends Record> section, String name, String path) {
        return nearest(name, Schema.names(section)).or(() -> elsewhere(name, path));
    }

    private static Optional<String> nearest(String name, List<String> known) {
        int furthest = Math.max(1, name.length() / 4);
        return known.stream()
                .filter(key -> distance(name, key) <= furthest)
                .min(Comparator.comparingInt(key -> distance(name, key)));
    }

    private static Optional<String> elsewhere(String name, String path) {
        return Schema.paths(Config.class, "").stream()
                .filter(key -> !key.equals(Schema.join(path, name)))
                .filter(key -> ("_" + key.replace('.', '_')).endsWith("_" + name))
                .findFirst();
    }

    /** Counts the letters to insert, delete or replace to turn one word into the other (Levenshtein). */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
