package io.carillon.local.cost;

import io.carillon.local.client.PollClient.Intervals;
import io.carillon.local.cost.HeldPoll.Hold;
import java.time.Duration;

/**
 * What two designs of long-poll are compared over.
 *
 * @param hold how requests are held where they are
 * @param asks how long a client waits between two polls where they are not
 * @param idle how long to watch a client to whom nothing comes
 * @param messages how many publications come to the other, one after another
 * @param every how much later each of them comes than the last
 */
record PollTrial(Hold hold, Intervals asks, Duration idle, int messages, Duration every) {

    /** Three requests that are held to the end, or some twelve polls; then as many messages as a client can ask for. */
    static PollTrial standard() {
        var config = CostRun.config().carillon();
        return new PollTrial(
                Hold.STANDARD,
                new Intervals(config.longPollMinInterval(), config.longPollMaxInterval()),
                Duration.ofSeconds(60),
                60,
                config.longPollMinInterval());
    }
}
