package io.carillon.connection;

import java.time.Duration;
import java.util.Optional;

/**
 * Keeps which users are blocked and which tokens are revoked. What is written is seen by every read that begins
 * afterwards, in all processes. Moments are in seconds since 1970, and an {@code expireAt} of 0 stands for never.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface Revocations {

    /** A connection's row as it stands, if there is one, and whether who wants to have it may connect. */
    record Arrival(Optional<Connection> connection, Standing standing) {}

    /** Blocks a user, in place of an earlier block. */
    void block(String user, long expireAt);

    /** Lets a user in again. */
    void unblock(String user);

    /** Revokes the one token with this {@code jti}. */
    void revoke(String tokenId, long expireAt);

    /**
     * Revokes a user's tokens that were issued before a moment; one without an {@code iat} counts as older than any. Does
     * nothing if tokens up to a later moment are revoked already.
     */
    void invalidate(String user, long issuedBefore, long expireAt);

    /** Says how a user stands, who has no standing to lose if anonymous, and its token. */
    Standing of(String user, TokenStamp token);

    /** Reads a connection's row, and how its user and token stand, in one call. */
    Arrival arrive(String connection, String user, TokenStamp token);

    /**
     * How long after a write {@link Connections#ofUser} and {@link Connections#all} may still miss a connection that was
     * let in before.
     */
    Duration lag();
}
