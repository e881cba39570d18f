package io.carillon.local.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Says what a load run does.
 *
 * @param clients how many clients connect, each with its own user
 * @param channels how many channels there are
 * @param subscriptions how many channels each client subscribes to
 * @param publications how many publications there are in all, spread evenly over the channels
 * @param publishers how many publications may be under way at the same time
 * @param rate publications per second; 0 for as many as the publishers manage
 * @param payload size of a publication's data, in bytes
 * @param disconnects how often a client loses its connection over the run, on average
 * @param seed decides the payloads, the moments of the disconnects and whom they hit
 * @param namespace namespace of the channels; needs history and recovery, and presence to have it checked
 */
public record Scenario(
        int clients,
        int channels,
        int subscriptions,
        int publications,
        int publishers,
        double rate,
        int payload,
        double disconnects,
        long seed,
        String namespace) {

    /** Smallest payload that has room for its number. */
    public static final int MIN_PAYLOAD = 64;

    /** Checks that the numbers go together. */
    public Scenario {
        require(clients > 0, "there must be a client");
        require(channels > 0, "there must be a channel");
        require(subscriptions > 0, "each client needs a subscription");
        require(subscriptions <= channels, "a client cannot have more subscriptions than there are channels");
        require(publications > 0, "there must be a publication");
        require(publishers > 0, "there must be a publisher");
        require(rate >= 0, "the rate cannot be below 0");
        require(payload >= MIN_PAYLOAD, "the payload must have at least " + MIN_PAYLOAD + " bytes");
        require(disconnects >= 0, "there cannot be fewer than 0 disconnects");
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Names a channel; {@code run} keeps the channels of two runs apart. */
    String channel(String run, int index) {
        return (namespace.isEmpty() ? "" : namespace + ":") + run + "-" + index;
    }

    /** Lists the channels of a client. Every channel gets as many clients as every other, give or take one. */
    List<String> channelsOf(String run, int client) {
        List<String> names = new ArrayList<>(subscriptions);
        for (int i = 0; i < subscriptions; i++) {
            names.add(channel(run, (int) (((long) client * subscriptions + i) % channels)));
        }
        return names;
    }
}
