package io.carillon.token;

import io.carillon.events.RawJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds what a genuine connection token says.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param user          who connects; empty for an anonymous user
 * @param expireAt      when the connection expires unless refreshed, in seconds since 1970; 0 for never. May lie in the
 *                      past when the token says {@code expire_at}, which then is error 110, not 109
 * @param info          what others see of the user, byte for byte as in the token
 * @param meta          what only the backend sees of the connection
 * @param subscriptions channels that the server subscribes the connection to; whether they exist is not checked here
 * @param id            the claim {@code jti}; empty when there is none
 * @param issuedAt      the claim {@code iat}, in seconds since 1970; 0 when there is none
 */
public record ConnectionClaims(
        String user,
        long expireAt,
        RawJson info,
        RawJson meta,
        Map<String, SubscriptionGrant> subscriptions,
        String id,
        long issuedAt)
        implements ConnectionToken {

    public ConnectionClaims {
        expireAt = Math.min(expireAt, Claims.LATEST);
        // Keeps the order of the token, which a copied map does not.
        subscriptions = Collections.unmodifiableMap(new LinkedHashMap<>(subscriptions));
    }
}
