package io.carillon.channel;

import io.carillon.events.ClientInfo;
import io.carillon.events.RawJson;
import java.util.Map;

/**
 * What somebody wants to publish.
 *
 * @param info who publishes; {@link ClientInfo#NONE} for a backend
 * @param idempotencyKey makes a repeat within five minutes return the first result; empty for none
 * @param skipHistory deliver only, even where the channel has history
 */
public record Draft(
        RawJson data, ClientInfo info, Map<String, String> tags, String idempotencyKey, boolean skipHistory) {

    /** What a client publishes. */
    public static Draft from(ClientInfo info, RawJson data) {
        return new Draft(data, info, Map.of(), "", false);
    }
}
