package io.carillon.config;

/** Holds one entry of {@code proxies}: a backend that namespaces ask by its name. */
public record NamedProxyConfig(
        @Key("The backend's name: two or more of `a-z A-Z 0-9 - _ .`, but not `default`.")
        String name,

        @Inline ProxyConfig proxy) {}
