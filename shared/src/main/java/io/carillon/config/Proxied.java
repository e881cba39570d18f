package io.carillon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the backend that a command is to be answered by.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Proxied {

    /** The name that stands for the backend of the section itself. */
    static final String DEFAULT = "default";

    private final Config config;
    private final Map<String, ProxyConfig> named;
    private final Map<String, RpcOptions> rpc;

    public Proxied(Config config) {
        this.config = config;
        named = config.proxies().stream()
                .collect(Collectors.toMap(NamedProxyConfig::name, NamedProxyConfig::proxy, (one, other) -> one));
        rpc = config.rpc().namespaces().stream()
                .collect(Collectors.toMap(RpcNamespaceConfig::name, RpcNamespaceConfig::options, (one, other) -> one));
    }

    /** Lists all backends that a configuration names. */
    public static List<ProxyConfig> all(Config config) {
        List<ProxyConfig> all = new ArrayList<>();
        all.add(config.client().proxy().connect().proxy());
        all.add(config.client().proxy().refresh().proxy());
        all.add(config.channel().proxy().subscribe());
        all.add(config.channel().proxy().publish());
        all.add(config.channel().proxy().subRefresh());
        all.add(config.rpc().proxy());
        config.proxies().forEach(named -> all.add(named.proxy()));
        return all.stream().filter(ProxyConfig::isSet).toList();
    }

    public Optional<ProxyConfig> connect() {
        return switched(config.client().proxy().connect());
    }

    public Optional<ProxyConfig> refresh() {
        return switched(config.client().proxy().refresh());
    }

    private static Optional<ProxyConfig> switched(SwitchedProxyConfig proxy) {
        return proxy.enabled() ? Optional.of(proxy.proxy()) : Optional.empty();
    }

    public Optional<ProxyConfig> subscribe(ChannelOptions options) {
        ChannelProxyOptions proxy = options.proxy();
        return chosen(
                proxy.subscribeProxyEnabled(),
                proxy.subscribeProxyName(),
                config.channel().proxy().subscribe());
    }

    public Optional<ProxyConfig> publish(ChannelOptions options) {
        ChannelProxyOptions proxy = options.proxy();
        return chosen(
                proxy.publishProxyEnabled(),
                proxy.publishProxyName(),
                config.channel().proxy().publish());
    }

    public Optional<ProxyConfig> subRefresh(ChannelOptions options) {
        ChannelProxyOptions proxy = options.proxy();
        return chosen(
                proxy.subRefreshProxyEnabled(),
                proxy.subRefreshProxyName(),
                config.channel().proxy().subRefresh());
    }

    /** Says whether any method is answered by a backend. */
    public boolean hasRpc() {
        return config.rpc().withoutNamespace().proxyEnabled()
                || rpc.values().stream().anyMatch(RpcOptions::proxyEnabled);
    }

    /** Finds the options of a method's namespace; empty if no namespace is called that. */
    public Optional<RpcOptions> rpcOptions(String method) {
        String boundary = config.rpc().namespaceBoundary();
        int end = boundary.isEmpty() ? -1 : method.indexOf(boundary);
        return end < 0
                ? Optional.of(config.rpc().withoutNamespace())
                : Optional.ofNullable(rpc.get(method.substring(0, end)));
    }

    /** Finds the backend for the methods of a namespace; empty if none answers them. */
    public Optional<ProxyConfig> rpc(RpcOptions options) {
        return chosen(options.proxyEnabled(), options.proxyName(), config.rpc().proxy());
    }

    private Optional<ProxyConfig> chosen(boolean enabled, String name, ProxyConfig standard) {
        if (!enabled) {
            return Optional.empty();
        }
        return Optional.ofNullable(name.equals(DEFAULT) ? standard : named.get(name));
    }
}
