package io.carillon.config;

/**
 * Holds the section {@code client.proxy}.
 *
 * @param connect who clients without a token are
 * @param refresh whether connections that expire may stay
 */
public record ClientProxyConfig(SwitchedProxyConfig connect, SwitchedProxyConfig refresh) {}
