package io.carillon.token;

/**
 * Says that nobody can tell now whether a token is genuine, since the key set cannot be had. Answered with the
 * temporary error 100, so that clients come back: an outage of the key set's server must not end them for good.
 *
 * @param reason why, for the log; holds no part of the token
 */
public record UnverifiableToken(String reason) implements ConnectionToken, SubscriptionToken {}
