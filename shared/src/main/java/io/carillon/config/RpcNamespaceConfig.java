package io.carillon.config;

/** Holds one entry of {@code rpc.namespaces}: a name, and the options of its methods. */
public record RpcNamespaceConfig(
        @Key("The namespace's name: two or more of `a-z A-Z 0-9 - _ .`.")
        String name,

        @Inline RpcOptions options) {}
