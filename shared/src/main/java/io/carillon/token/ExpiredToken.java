package io.carillon.token;

/**
 * Says that a token is genuine and that its time is over, or has not begun ({@code nbf}). A connect or subscribe
 * command is answered with error 109, upon which the client library asks the application for a new token.
 */
public record ExpiredToken() implements ConnectionToken, SubscriptionToken {}
