package io.carillon.session;

import io.carillon.channel.Refused;
import io.carillon.config.ChannelOptions;
import io.carillon.config.Channels;
import io.carillon.config.RefusedChannel;
import io.carillon.config.ResolvedChannel;
import io.carillon.connection.Connection;
import io.carillon.events.ProtocolError;
import java.util.Set;

/**
 * Says what a client may do in a channel, by the namespace's options. The rules and their order are Centrifugo's.
 *
 * <p>Source: internal/client/handler.go of Centrifugo v6.
 */
final class Rights {

    private final Channels channels;
    private final boolean insecure;

    Rights(Channels channels, boolean insecure) {
        this.channels = channels;
        this.insecure = insecure;
    }

    /**
     * Finds what a channel name stands for.
     *
     * @throws Refused 102 if its namespace is not configured; 107 if no channel may be called that
     */
    ResolvedChannel resolve(String channel) {
        return switch (channels.resolve(channel)) {
            case ResolvedChannel resolved -> resolved;
            case RefusedChannel refused ->
                throw new Refused(
                        refused.code() == RefusedChannel.UNKNOWN_CHANNEL
                                ? ProtocolError.UNKNOWN_CHANNEL
                                : ProtocolError.BAD_REQUEST);
        };
    }

    /** Whether a channel may have this name. */
    boolean isChannel(String name) {
        return channels.resolve(name) instanceof ResolvedChannel;
    }

    /** Whether a client may subscribe without a token. */
    boolean maySubscribe(Connection who, ResolvedChannel channel) {
        if (channel.isPrivate()) {
            return false;
        }
        if (channel.isUserLimited()) {
            return channel.lists(who.user()) || insecure;
        }
        ChannelOptions options = channel.options();
        return options.allowSubscribeForClient() && known(who, options.allowSubscribeForAnonymous()) || insecure;
    }

    boolean mayPublish(Connection who, ResolvedChannel channel) {
        ChannelOptions options = channel.options();
        boolean allowed =
                options.allowPublishForClient() || options.allowPublishForSubscriber() && isSubscribed(who, channel);
        return allowed && known(who, options.allowPublishForAnonymous()) || insecure;
    }

    boolean maySeePresence(Connection who, ResolvedChannel channel) {
        return maySeePresence(who, channel, isSubscribed(who, channel));
    }

    boolean maySeeHistory(Connection who, ResolvedChannel channel) {
        return maySeeHistory(who, channel, isSubscribed(who, channel));
    }

    boolean maySeePresence(Connection who, ResolvedChannel channel, boolean subscribed) {
        ChannelOptions options = channel.options();
        boolean allowed = options.allowPresenceForClient() || options.allowPresenceForSubscriber() && subscribed;
        return allowed && known(who, options.allowPresenceForAnonymous()) || insecure;
    }

    boolean maySeeHistory(Connection who, ResolvedChannel channel, boolean subscribed) {
        ChannelOptions options = channel.options();
        boolean allowed = options.allowHistoryForClient() || options.allowHistoryForSubscriber() && subscribed;
        return allowed && known(who, options.allowHistoryForAnonymous()) || insecure;
    }

    private static boolean known(Connection who, boolean anonymousToo) {
        return anonymousToo || !who.user().isEmpty();
    }

    private static boolean isSubscribed(Connection who, ResolvedChannel channel) {
        return who.isSubscribedTo(Set.of(channel.name()));
    }
}
