package io.carillon.local.load;

import io.carillon.local.load.Breach.Kind;
import io.carillon.local.load.Observed.Rules;
import java.util.function.Consumer;

/**
 * One client's way through one channel: what is compared, with what, and who hears of a breach.
 *
 * @param published what was published in the channel
 */
record Trail(String client, String channel, Published published, Rules rules, Consumer<Breach> breaches) {

    void report(Kind kind, long offset, long at, String detail) {
        breaches.accept(new Breach(kind, channel, offset, client, at, detail));
    }
}
