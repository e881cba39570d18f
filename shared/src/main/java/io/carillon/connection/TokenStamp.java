package io.carillon.connection;

/**
 * Tells the token that opened or last refreshed a connection from others, so that it can be revoked.
 *
 * @param id the claim {@code jti}; empty when there is none
 * @param issuedAt the claim {@code iat}, in seconds since 1970; 0 when there is none
 */
public record TokenStamp(String id, long issuedAt) {

    public static final TokenStamp NONE = new TokenStamp("", 0);
}
