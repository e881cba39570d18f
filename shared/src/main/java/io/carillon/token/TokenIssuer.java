package io.carillon.token;

import io.carillon.config.ClientConfig;
import java.time.InstantSource;

/**
 * Makes connection and subscription tokens signed with HS256, for development and tests. An application makes its
 * own, with any JWT library and the same secret.
 *
 * <p>Safe for use by several threads.
 */
public final class TokenIssuer {

    private final Signing connections;
    private final Signing subscriptions;
    private final InstantSource clock;

    private TokenIssuer(Signing connections, Signing subscriptions, InstantSource clock) {
        this.connections = connections;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /**
     * Makes an issuer for a configuration that wants nothing of the claims.
     *
     * @param secret {@code client.token.hmac_secret_key}
     * @param clock  what {@code iat} and the lifetime count from
     */
    public TokenIssuer(String secret, InstantSource clock) {
        this(Signing.with(required(secret)), Signing.with(secret), clock);
    }

    private static String required(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("The secret is empty; set client.token.hmac_secret_key");
        }
        return secret;
    }

    /**
     * Makes an issuer whose tokens a configuration accepts: with its secrets, and with the claims that
     * {@code audience}, {@code issuer} and {@code user_id_claim} ask for. What {@code audience_regex} or
     * {@code issuer_regex} asks for, the caller must set.
     *
     * @param clock what {@code iat} and the lifetime count from
     */
    public static TokenIssuer of(ClientConfig config, InstantSource clock) {
        return of(config, config.token().hmacSecretKey(), clock);
    }

    /** The same, with the secret of {@code client.token} from elsewhere. */
    public static TokenIssuer of(ClientConfig config, String secret, InstantSource clock) {
        Signing connections = Signing.of("client.token", config.token(), secret);
        if (!config.subscriptionToken().enabled()) {
            return new TokenIssuer(connections, connections, clock);
        }
        var own = config.subscriptionToken().token();
        return new TokenIssuer(connections, Signing.of("client.subscription_token", own, own.hmacSecretKey()), clock);
    }

    /**
     * Begins a connection token for a user; the empty user is anonymous.
     *
     * @throws UnsignableToken if the configuration has no secret for it
     */
    public TokenBuilder connection(String user) {
        return new TokenBuilder(connections, clock).user(user);
    }

    /**
     * Begins a subscription token for a user and a channel.
     *
     * @throws UnsignableToken if the configuration has no secret for it
     */
    public TokenBuilder subscription(String user, String channel) {
        return new TokenBuilder(subscriptions, clock).user(user).channel(channel);
    }
}
