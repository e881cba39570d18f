package io.carillon.token;

/**
 * Says that a token is not to be trusted. A connect command is answered with disconnect 3500, which is final; a
 * subscribe command with error 103.
 *
 * @param reason why, for the log; holds no part of the token and is not for the client
 */
public record InvalidToken(String reason) implements ConnectionToken, SubscriptionToken {}
