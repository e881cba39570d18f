package io.carillon.config;

import java.time.Duration;
import java.util.List;

/** Holds the section {@code client}: who may connect, and the limits of a connection. */
public record ClientConfig(
        TokenConfig token,
        SubscriptionTokenConfig subscriptionToken,

        @Key("Origins a browser may connect from, such as `https://example.com`; `*` stands for any characters. "
                + "Clients that send no Origin are always let in; with an empty list, no browser is.")
        List<String> allowedOrigins,

        @Key("Lets everybody connect without a token and do everything. For development only.")
        boolean insecure,

        @Key("Accepts tokens without checking their signature. For development only.")
        boolean insecureSkipTokenSignatureVerify,

        @Key("Lets clients connect without a token, as an anonymous user.")
        boolean allowAnonymousConnectWithoutToken,

        @Key("Refuses connection tokens whose user is empty.")
        boolean disallowAnonymousConnectionTokens,

        @Key(
                value =
                        "How long a connection may stay after its token has expired, so that the client can refresh it.",
                initial = "25s")
        Duration expiredCloseDelay,

        @Key(
                value =
                        "How long a subscription may stay after its token has expired, so that the client can refresh it.",
                initial = "25s")
        Duration expiredSubCloseDelay,

        @Key(value = "How many channels one connection may be subscribed to.", initial = "128", min = 1)
        int channelLimit,

        @Key("How many connections one user may have; 0 means any number.")
        int userConnectionLimit,

        @Key(value = "The most publications one history call returns.", initial = "300", min = 1)
        int historyMaxPublicationLimit,

        @Key(value = "The most publications one recovery returns.", initial = "300", min = 1)
        int recoveryMaxPublicationLimit,

        PersonalChannelConfig subscribeToUserPersonalChannel,
        ClientProxyConfig proxy) {}
