package io.carillon.config;

/** Holds the section {@code client.subscribe_to_user_personal_channel}: one server-side channel for each user. */
public record PersonalChannelConfig(
        @Key("Subscribes every user that connects to a channel of its own, from the server's side.")
        boolean enabled,

        @Key("Namespace of the personal channels; they are named `namespace:#user`, or `#user` when this is empty.")
        String personalChannelNamespace,

        @Key("Keeps one connection for each user: a new one disconnects the others. Needs `presence` in the namespace.")
        boolean singleConnection) {}
