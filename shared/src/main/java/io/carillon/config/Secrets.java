package io.carillon.config;

/** Shows that a secret is set, without showing it. */
final class Secrets {

    private Secrets() {}

    static String masked(String secret) {
        return secret.isEmpty() ? "(not set)" : "(set)";
    }
}
