package io.carillon.token;

/**
 * Holds what a genuine subscription token says. Whoever uses it must compare the channel, the user and the client
 * with those of the command: a token that was made for another is disconnect 3500.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param user     who may subscribe; empty for an anonymous user
 * @param channel  the channel that the token opens; never empty
 * @param client   the only connection that may use the token, by its client id; empty for any
 * @param expireAt when the subscription expires unless refreshed, in seconds since 1970; 0 for never. May lie in the
 *                 past when the token says {@code expire_at}
 * @param grant    what the subscription carries and overrides
 * @param id       the claim {@code jti}; empty when there is none
 * @param issuedAt the claim {@code iat}, in seconds since 1970; 0 when there is none
 */
public record SubscriptionClaims(
        String user, String channel, String client, long expireAt, SubscriptionGrant grant, String id, long issuedAt)
        implements SubscriptionToken {

    public SubscriptionClaims {
        expireAt = Math.min(expireAt, Claims.LATEST);
    }
}
