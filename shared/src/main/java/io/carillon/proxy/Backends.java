package io.carillon.proxy;

import io.carillon.config.ProxyConfig;

/** Reaches the backends that the configuration names. */
@FunctionalInterface
public interface Backends {

    /** Reaches none: for a configuration without proxies. */
    Backends NONE = config -> {
        throw new IllegalStateException("Nothing here can reach the backend " + config.endpoint());
    };

    /** Reaches URLs in one way, and Lambda functions in another. */
    static Backends of(Backends urls, Backends functions) {
        return config -> (config.isFunction() ? functions : urls).at(config);
    }

    /** Gives what calls one backend; nothing is called yet. */
    Backend at(ProxyConfig config);
}
