package io.carillon.token;

/** Says what became of checking a connection token. */
public sealed interface ConnectionToken permits ConnectionClaims, ExpiredToken, InvalidToken, UnverifiableToken {}
