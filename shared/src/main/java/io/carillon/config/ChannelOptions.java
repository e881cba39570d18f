package io.carillon.config;

import java.time.Duration;

/**
 * Holds the options of the channels of one namespace. Names, defaults and meanings are those of Centrifugo v6.
 *
 * <p>In what {@link Channels} gives out, {@code historyMetaTtl} and {@code publicationDataFormat} already hold the
 * value of the section {@code channel} where the namespace does not set its own.
 */
public record ChannelOptions(
        @Key("Keeps a list of who is subscribed.") boolean presence,

        @Key("Tells subscribers who joins and who leaves, if they ask for it.")
        boolean joinLeave,

        @Key("Tells all subscribers who joins and who leaves, whether or not they ask. Needs `join_leave`.")
        boolean forcePushJoinLeave,

        @Key("How many publications the channel's history keeps; 0 means that it keeps none.")
        int historySize,

        @Key(value = "How long the channel's history keeps a publication.", wholeSeconds = true)
        Duration historyTtl,

        @Key(
                value = "How long a channel's epoch and offset are kept after its last publication; "
                        + "0 means `channel.history_meta_ttl`.",
                wholeSeconds = true)
        Duration historyMetaTtl,

        @Key(
                "Keeps every subscriber's position, so that a lost publication is noticed. Needs `history_size` and `history_ttl`.")
        boolean forcePositioning,

        @Key("Lets a subscriber ask for its position to be kept. Needs `history_size` and `history_ttl`.")
        boolean allowPositioning,

        @Key("Gives every returning subscriber what it missed. Needs `history_size` and `history_ttl`.")
        boolean forceRecovery,

        @Key("Lets a subscriber ask for what it missed. Needs `history_size` and `history_ttl`.")
        boolean allowRecovery,

        @Key(
                value =
                        "What a returning subscriber gets: `stream` all it missed, `cache` the latest publication only.",
                initial = "stream")
        RecoveryMode forceRecoveryMode,

        @Key("Lets users subscribe.") boolean allowSubscribeForClient,

        @Key("Lets anonymous users subscribe too. Needs `allow_subscribe_for_client`.")
        boolean allowSubscribeForAnonymous,

        @Key("Lets users publish.") boolean allowPublishForClient,

        @Key("Lets users publish who are subscribed to the channel.")
        boolean allowPublishForSubscriber,

        @Key("Lets anonymous users publish too, where `allow_publish_for_client` or `_subscriber` lets users.")
        boolean allowPublishForAnonymous,

        @Key("Lets users ask who is subscribed.") boolean allowPresenceForClient,

        @Key("Lets users ask who is subscribed, if they are subscribed to the channel.")
        boolean allowPresenceForSubscriber,

        @Key(
                "Lets anonymous users ask who is subscribed, where `allow_presence_for_client` or `_subscriber` lets users.")
        boolean allowPresenceForAnonymous,

        @Key("Lets users read the history.") boolean allowHistoryForClient,

        @Key("Lets users read the history, if they are subscribed to the channel.")
        boolean allowHistoryForSubscriber,

        @Key("Lets anonymous users read the history, where `allow_history_for_client` or `_subscriber` lets users.")
        boolean allowHistoryForAnonymous,

        @Key("Lets users subscribe to channels whose name lists them, such as `dialog#alice,bob`, and nobody else.")
        boolean allowUserLimitedChannels,

        @Key("Regular expression (RE2 syntax) that the channel name without its namespace must match. "
                + "When set, the name may hold characters other than ASCII.")
        String channelRegex,

        @Key("What a publication's data must be: `json`, `json_object`, or `\"\"` for "
                + "`channel.publication_data_format`.")
        PublicationDataFormat publicationDataFormat,

        @Inline ChannelProxyOptions proxy,

        NamespaceCarillon carillon) {

    /** Every option at its default: a channel without history that nobody may subscribe to. */
    public static final ChannelOptions DEFAULTS = ConfigReader.defaults(ChannelOptions.class);

    /**
     * Reads the options of one namespace from JSON, such as {@code {"history_size":10,"history_ttl":"60s"}}.
     *
     * @throws InvalidConfig with every problem found
     */
    public static ChannelOptions read(String json) {
        return ConfigReader.options(json);
    }

    /** Says whether the channels keep a history, and so have positions and recovery. */
    public boolean hasHistory() {
        return historySize > 0 && historyTtl.isPositive();
    }

    /** Fills in what the section {@code channel} says for namespaces that do not say it themselves. */
    ChannelOptions within(ChannelConfig channel) {
        return new ChannelOptions(
                presence,
                joinLeave,
                forcePushJoinLeave,
                historySize,
                historyTtl,
                historyMetaTtl.isZero() ? channel.historyMetaTtl() : historyMetaTtl,
                forcePositioning,
                allowPositioning,
                forceRecovery,
                allowRecovery,
                forceRecoveryMode,
                allowSubscribeForClient,
                allowSubscribeForAnonymous,
                allowPublishForClient,
                allowPublishForSubscriber,
                allowPublishForAnonymous,
                allowPresenceForClient,
                allowPresenceForSubscriber,
                allowPresenceForAnonymous,
                allowHistoryForClient,
                allowHistoryForSubscriber,
                allowHistoryForAnonymous,
                allowUserLimitedChannels,
                channelRegex,
                publicationDataFormat == PublicationDataFormat.ANY
                        ? channel.publicationDataFormat()
                        : publicationDataFormat,
                proxy,
                carillon);
    }
}
