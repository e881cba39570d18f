package io.carillon.config;

/** Says what a returning subscriber gets. */
public enum RecoveryMode {
    /** Every publication it missed, oldest first, or none and {@code recovered: false}. */
    STREAM,
    /** The latest publication only. */
    CACHE
}
