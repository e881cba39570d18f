package io.carillon.config;

/** Holds a backend for all connections, which is asked once it is enabled. */
public record SwitchedProxyConfig(
        @Key("Asks the backend.") boolean enabled, @Inline ProxyConfig proxy) {}
