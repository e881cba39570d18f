package io.carillon.config;

/**
 * Holds the section {@code client.subscription_token}: keys of their own for subscription tokens. While not enabled,
 * the section {@code client.token} serves both kinds.
 */
public record SubscriptionTokenConfig(
        @Key("Checks subscription tokens with the keys of this section, not with those of `client.token`.")
        boolean enabled,

        @Inline TokenConfig token) {}
