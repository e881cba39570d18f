package io.carillon.config;

/** Holds the options of the methods of one namespace. */
public record RpcOptions(
        @Key("Lets the backend answer.") boolean proxyEnabled,

        @Key(value = "Which backend: the name of one of `proxies`, or `default` for `rpc.proxy`.", initial = "default")
        String proxyName) {}
