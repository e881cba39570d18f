package io.carillon.events;

import java.util.Map;

/** Shows in a log line that a secret is there, without showing it. */
public final class Hidden {

    private Hidden() {}

    /** Gives the length of a secret in place of its text. */
    public static String text(String secret) {
        return secret.isEmpty() ? "" : "(" + secret.length() + " characters)";
    }

    /** Gives the names of a map whose values may be secrets, such as headers. */
    public static String values(Map<String, String> secrets) {
        return secrets.keySet().stream().sorted().toList().toString();
    }
}
