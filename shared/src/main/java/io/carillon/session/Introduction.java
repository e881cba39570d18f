package io.carillon.session;

import io.carillon.config.ProxyConfig;
import io.carillon.events.Framing;
import io.carillon.events.ProxyRequest;
import io.carillon.events.ProxyResult;
import io.carillon.events.ProxyResult.Subscription;
import io.carillon.events.RawJson;
import io.carillon.events.Request;
import io.carillon.token.ConnectionClaims;
import io.carillon.token.SubscriptionGrant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds out from the application's backend who a client without a token is. */
final class Introduction {

    private final Consultation consultation;
    private final InstantSource clock;

    Introduction(Consultation consultation, InstantSource clock) {
        this.consultation = consultation;
        this.clock = clock;
    }

    /** Who the client is, and what it gets in the reply. */
    record Introduced(ConnectionClaims claims, RawJson data) {}

    /** Says whether the server, not the client, sees to it that connections do not expire. */
    boolean isRefreshedByServer() {
        return consultation.proxied().refresh().isPresent();
    }

    /**
     * Asks who a client is; empty if there is no backend for that, or it does not say.
     *
     * @param client the id that the client is going to have
     */
    Optional<Introduced> of(String client, Request.Connect request) {
        return consultation.proxied().connect().flatMap(proxy -> {
            ProxyRequest asked = ProxyRequest.Connect.of(client, request);
            return consultation
                    .ask(proxy, asked, request.headers(), ProxyResult.Connect.class)
                    .map(result -> introduced(proxy, asked, result));
        });
    }

    private Introduced introduced(ProxyConfig proxy, ProxyRequest asked, ProxyResult.Connect result) {
        if (Framing.utf8Length(result.user()) > ConnectCommand.LONGEST_USER) {
            throw Consultation.failed(
                    proxy, asked, "its user is longer than " + ConnectCommand.LONGEST_USER + " bytes");
        }
        if (result.subs().values().stream().anyMatch(sub -> sub.expireAt() != 0)) {
            throw Consultation.failed(
                    proxy, asked, "Carillon does not support expire_at in subs; use that of the connection");
        }
        Map<String, SubscriptionGrant> subscriptions = new LinkedHashMap<>();
        result.channels().forEach(channel -> subscriptions.put(channel, SubscriptionGrant.PLAIN));
        result.subs().forEach((channel, sub) -> subscriptions.put(channel, grant(sub)));
        // The backend vouches for the user now, as a token does that was issued now.
        ConnectionClaims claims = new ConnectionClaims(
                result.user(),
                result.expireAt(),
                result.info(),
                result.meta(),
                subscriptions,
                "",
                clock.millis() / 1000);
        return new Introduced(claims, result.data());
    }

    static SubscriptionGrant grant(Subscription subscription) {
        return new SubscriptionGrant(subscription.info(), subscription.data(), subscription.override());
    }
}
