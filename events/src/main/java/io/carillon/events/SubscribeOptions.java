package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What holds for one subscription, settled from the namespace, the token and the client's wishes before it enters
 * the mailbox.
 *
 * @param positioned the client is told its position
 * @param recoverable the client may ask for what it missed
 * @param presence the subscriber is counted in presence
 * @param emitJoinLeave others are told that this subscriber came and went
 * @param pushJoinLeave this subscriber is told of others
 * @param rejectUnrecovered answer error 112 rather than subscribe with a gap
 * @param expireAt when the subscription ends unless refreshed, in seconds since 1970; 0 for never
 * @param clientRefresh whether the client subscribed, and so may refresh it; if not, the server did
 */
public record SubscribeOptions(
        boolean positioned,
        boolean recoverable,
        boolean presence,
        @JsonProperty("emit_join_leave") boolean emitJoinLeave,
        @JsonProperty("push_join_leave") boolean pushJoinLeave,
        @JsonProperty("reject_unrecovered") boolean rejectUnrecovered,
        @JsonProperty("expire_at") long expireAt,
        @JsonProperty("client_refresh") boolean clientRefresh) {

    /** A plain subscription. */
    public static final SubscribeOptions NONE =
            new SubscribeOptions(false, false, false, false, false, false, 0, false);
}
