package io.carillon.config;

/** Says who gets the push of a publication. */
public enum PushRule {
    NEVER,
    ALWAYS,
    OFFLINE
}
