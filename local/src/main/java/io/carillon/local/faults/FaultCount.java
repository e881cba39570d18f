package io.carillon.local.faults;

/**
 * Says of a fault at work how often it struck.
 *
 * @param fault as it was written
 */
public record FaultCount(String fault, long struck) {}
