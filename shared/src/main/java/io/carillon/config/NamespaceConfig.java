package io.carillon.config;

/** Holds one entry of {@code channel.namespaces}: a name, and the options of its channels. */
public record NamespaceConfig(
        @Key("The namespace's name: two or more of `a-z A-Z 0-9 - _ .`.")
        String name,

        @Inline ChannelOptions options) {}
