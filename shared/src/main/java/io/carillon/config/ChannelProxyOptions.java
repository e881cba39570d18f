package io.carillon.config;

/** Holds which backends the channels of one namespace ask. Names, defaults and meanings are those of Centrifugo v6. */
public record ChannelProxyOptions(
        @Key(
                "Asks the backend whether a client without a token may subscribe, in place of `allow_subscribe_for_client`.")
        boolean subscribeProxyEnabled,

        @Key(
                value = "Which backend: the name of one of `proxies`, or `default` for `channel.proxy.subscribe`.",
                initial = "default")
        String subscribeProxyName,

        @Key("Asks the backend whether a client may publish, in place of the `allow_publish_…` options.")
        boolean publishProxyEnabled,

        @Key(
                value = "Which backend: the name of one of `proxies`, or `default` for `channel.proxy.publish`.",
                initial = "default")
        String publishProxyName,

        @Key("Asks the backend whether a subscription that expires may stay, in place of a new token.")
        boolean subRefreshProxyEnabled,

        @Key(
                value = "Which backend: the name of one of `proxies`, or `default` for `channel.proxy.sub_refresh`.",
                initial = "default")
        String subRefreshProxyName) {}
