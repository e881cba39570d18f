package io.carillon.config;

/**
 * Names one thing in a configuration that stops the start.
 *
 * @param key     full path of the key, such as {@code channel.namespaces[1].history_size}; empty for the whole text
 * @param problem what is wrong, and what to do
 */
public record ConfigProblem(String key, String problem) {

    @Override
    public String toString() {
        return key.isEmpty() ? problem : key + ": " + problem;
    }
}
