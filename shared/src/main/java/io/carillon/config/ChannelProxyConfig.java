package io.carillon.config;

/**
 * Holds the section {@code channel.proxy}: the backends of the namespaces that ask one without naming another.
 *
 * @param subscribe whether a client may subscribe
 * @param publish whether a client may publish, and what
 * @param subRefresh whether subscriptions that expire may stay
 */
public record ChannelProxyConfig(ProxyConfig subscribe, ProxyConfig publish, ProxyConfig subRefresh) {}
