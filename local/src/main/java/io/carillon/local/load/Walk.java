package io.carillon.local.load;

import io.carillon.local.load.Seen.Received;
import io.carillon.local.load.Seen.Subscribed;

/** Follows one client through one channel, event by event. Not for use by several threads. */
sealed interface Walk permits OrderedWalk, LooseWalk {

    void subscribed(Subscribed reply);

    /** The client left the channel of its own will. */
    void left();

    void received(Received publication);

    /** Looks back over the whole way, which ended at {@code at}. */
    void end(long at);

    /** What was counted on the way, without breaches. */
    Verdict verdict();
}
