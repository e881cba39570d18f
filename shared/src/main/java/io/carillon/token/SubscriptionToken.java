package io.carillon.token;

/** Says what became of checking a subscription token. */
public sealed interface SubscriptionToken permits SubscriptionClaims, ExpiredToken, InvalidToken, UnverifiableToken {}
