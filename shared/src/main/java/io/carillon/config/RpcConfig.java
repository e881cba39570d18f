package io.carillon.config;

import java.util.List;

/** Holds the section {@code rpc}: which backend answers which method. */
public record RpcConfig(
        ProxyConfig proxy,
        RpcOptions withoutNamespace,
        List<RpcNamespaceConfig> namespaces,

        @Key(value = "What ends the namespace in the name of a method.", initial = ":")
        String namespaceBoundary) {}
