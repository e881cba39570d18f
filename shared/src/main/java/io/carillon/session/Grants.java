package io.carillon.session;

import io.carillon.channel.Refused;
import io.carillon.config.Channels;
import io.carillon.config.ClientConfig;
import io.carillon.config.RefusedChannel;
import io.carillon.config.ResolvedChannel;
import io.carillon.connection.Connection;
import io.carillon.delivery.SubscriptionSize;
import io.carillon.events.Disconnect;
import io.carillon.events.ProtocolError;
import io.carillon.events.Request.Recover;
import io.carillon.session.ServerSide.Granted;
import io.carillon.session.Subscriptions.Wish;
import io.carillon.token.ConnectionClaims;
import io.carillon.token.SubscriptionGrant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what the server subscribes a client to when it connects: by its token, its user, and what it had before. */
final class Grants {

    private static final Logger LOG = LoggerFactory.getLogger(Grants.class);

    private final ClientConfig config;
    private final Channels channels;
    private final Rights rights;

    Grants(ClientConfig config, Channels channels, Rights rights) {
        this.config = config;
        this.channels = channels;
        this.rights = rights;
    }

    /**
     * Lists what the server subscribes a connection to.
     *
     * @param positions what the client says that it was subscribed to, and where it stopped
     * @param asWished whether it gets back what it may have anyway
     * @throws Ended if it would be too many channels
     * @throws Refused 102 if the token names a channel that cannot be; 106 if a subscription brings more than a message
     *     holds
     */
    List<Granted> of(Connection who, ConnectionClaims claims, Map<String, Recover> positions, boolean asWished) {
        Map<String, SubscriptionGrant> granted = new LinkedHashMap<>(claims.subscriptions());
        if (config.subscribeToUserPersonalChannel().enabled() && !claims.user().isEmpty()) {
            granted.putIfAbsent(channels.personalChannel(claims.user()), SubscriptionGrant.PLAIN);
        }
        for (String wanted : positions.keySet()) {
            // A returning client names what it was subscribed to; what it may have anyway, it gets again.
            if (asWished && !granted.containsKey(wanted) && mayHave(who, wanted)) {
                granted.put(wanted, SubscriptionGrant.PLAIN);
            }
        }
        List<Granted> all = new ArrayList<>();
        granted.forEach((name, grant) -> {
            ResolvedChannel channel = rights.resolve(name);
            Wish wish = new Wish(
                    name,
                    0,
                    grant.info(),
                    grant.data(),
                    Subscriptions.settle(channel.options(), grant.override(), 0),
                    positions.getOrDefault(name, Recover.NO));
            boolean isOfToken = claims.subscriptions().containsKey(name);
            all.add(new Granted(isOfToken ? wish.ofToken() : wish, channel.options()));
        });
        if (all.size() > config.channelLimit()) {
            throw new Ended(Disconnect.CHANNEL_LIMIT);
        }
        all.forEach(one -> requireFits(who, one.wish()));
        return all;
    }

    private boolean mayHave(Connection who, String channel) {
        return switch (channels.resolve(channel)) {
            case ResolvedChannel resolved -> rights.maySubscribe(who, resolved);
            case RefusedChannel(int code, String reason) -> {
                if (code == RefusedChannel.UNKNOWN_CHANNEL) {
                    throw new Ended(Disconnect.BAD_REQUEST);
                }
                yield false;
            }
        };
    }

    /** The client learns that its token grants too much; whoever made the token finds out what in the log. */
    private static void requireFits(Connection connection, Wish wish) {
        if (!SubscriptionSize.fits(connection.clientInfo(wish.chanInfo()), wish.data())) {
            LOG.warn(
                    "Connection of {} refused: the data or info of its subscription to {} is larger than a message",
                    connection.user(),
                    wish.channel());
            throw new Refused(ProtocolError.LIMIT_EXCEEDED);
        }
    }
}
