package io.carillon.token;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.InstantSource;
import org.jose4j.keys.HmacKey;

/**
 * Makes connection and subscription tokens signed with HS256, for development and tests. An application makes its
 * own, with any JWT library and the same secret.
 *
 * <p>Safe for use by several threads.
 */
public final class TokenIssuer {

    private final Key key;
    private final InstantSource clock;

    /**
     * Makes an issuer.
     *
     * @param secret {@code client.token.hmac_secret_key}
     * @param clock  what {@code iat} and the lifetime count from
     */
    public TokenIssuer(String secret, InstantSource clock) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("The secret is empty; set client.token.hmac_secret_key");
        }
        this.key = new HmacKey(secret.getBytes(StandardCharsets.UTF_8));
        this.clock = clock;
    }

    /** Begins a connection token for a user; the empty user is anonymous. */
    public TokenBuilder connection(String user) {
        return new TokenBuilder(key, clock).user(user);
    }

    /** Begins a subscription token for a user and a channel. */
    public TokenBuilder subscription(String user, String channel) {
        return connection(user).channel(channel);
    }
}
