package io.carillon.session;

import io.carillon.config.Channels;
import io.carillon.config.Proxied;
import io.carillon.config.ProxyConfig;
import io.carillon.config.RefusedChannel;
import io.carillon.config.ResolvedChannel;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.events.MalformedJson;
import io.carillon.events.ProxyAnswer;
import io.carillon.events.ProxyRequest;
import io.carillon.events.ProxyResult;
import io.carillon.events.RawJson;
import io.carillon.proxy.BackendFailure;
import io.carillon.proxy.Proxies;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the application's backend whether what has expired may stay. A backend that fails costs nobody its connection: it
 * is asked again a minute later, as in Centrifugo.
 *
 * <p>Safe for use by several threads.
 */
public final class Renewals {

    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

    /** How long something stays whose backend fails, in seconds; the value is Centrifugo's. */
    private static final long GRACE = 60;

    private final Proxied proxied;
    private final Proxies proxies;
    private final Channels channels;
    private final Connections connections;
    private final Subscriptions subscriptions;
    private final InstantSource clock;

    public Renewals(
            Proxied proxied,
            Proxies proxies,
            Channels channels,
            Connections connections,
            Subscriptions subscriptions,
            InstantSource clock) {
        this.proxied = proxied;
        this.proxies = proxies;
        this.channels = channels;
        this.connections = connections;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** Renews a connection if its backend says so; false if it must end. */
    boolean renew(Connection who) {
        Optional<ProxyConfig> proxy = proxied.refresh();
        if (proxy.isEmpty()) {
            return false;
        }
        RawJson meta = Consultation.meta(proxy.get(), who);
        Optional<ProxyResult.Refresh> renewed =
                ask(proxy.get(), ProxyRequest.Refresh.of(who.client(), who.user(), meta));
        renewed.ifPresent(result -> {
            Optional<RawJson> info = Optional.of(result.info()).filter(RawJson::isPresent);
            if (connections.refresh(who.id(), result.expireAt(), info) && result.expireAt() > 0) {
                connections.expireBy(who.id(), result.expireAt());
            }
        });
        return renewed.isPresent();
    }

    /** Renews a subscription if its backend says so; false if it must end. */
    boolean renew(Connection who, String channel) {
        Optional<ProxyConfig> proxy = switch (channels.resolve(channel)) {
            case ResolvedChannel resolved -> proxied.subRefresh(resolved.options());
            case RefusedChannel refused -> Optional.empty();
        };
        if (proxy.isEmpty()) {
            return false;
        }
        RawJson meta = Consultation.meta(proxy.get(), who);
        Optional<ProxyResult.Refresh> renewed =
                ask(proxy.get(), ProxyRequest.SubRefresh.of(who.client(), who.user(), channel, meta));
        renewed.ifPresent(result -> subscriptions.refresh(who.id(), channel, result.expireAt()));
        return renewed.isPresent();
    }

    /** Gives until when it may stay; empty if it may not. */
    private Optional<ProxyResult.Refresh> ask(ProxyConfig proxy, ProxyRequest request) {
        long now = clock.millis() / 1000;
        try {
            return switch (proxies.ask(proxy, request)) {
                case ProxyAnswer.Grants grants ->
                    grants.result(ProxyResult.Refresh.class)
                            .filter(result -> !result.expired() && (result.expireAt() == 0 || result.expireAt() > now));
                case ProxyAnswer.Ends ends -> Optional.empty();
                case ProxyAnswer.Refuses refuses -> Optional.empty();
            };
        } catch (BackendFailure | MalformedJson e) {
            LOG.error("The backend {} did not answer {}: {}", proxy.endpoint(), request.kind(), e.getMessage());
            return Optional.of(new ProxyResult.Refresh(false, now + GRACE, RawJson.NONE, "", RawJson.NONE));
        }
    }
}
