package io.carillon.token;

import io.carillon.events.RawJson;
import io.carillon.events.SubscribeOverride;

/**
 * Holds what a token gives to one subscription.
 *
 * @param info     what others see of the subscriber, beside the connection's info
 * @param data     what the client gets with the answer to its subscription
 * @param override what differs from the options of the namespace
 */
public record SubscriptionGrant(RawJson info, RawJson data, SubscribeOverride override) {

    /** Gives nothing beyond the subscription itself, as the claim {@code channels} does. */
    public static final SubscriptionGrant PLAIN =
            new SubscriptionGrant(RawJson.NONE, RawJson.NONE, SubscribeOverride.NONE);
}
