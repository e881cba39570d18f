package io.carillon.local.load;

import io.carillon.local.load.Observed.Witness;
import java.util.ArrayList;
import java.util.List;

/** Keeps what one client saw, in that order. Safe for use by several threads. */
final class Diary {

    private final String client;
    private final Condition condition;
    private final List<String> channels;
    private final Tally tally;
    private final List<Seen> events = new ArrayList<>();
    private boolean connected;

    Diary(String client, Condition condition, List<String> channels, Tally tally) {
        this.client = client;
        this.condition = condition;
        this.channels = channels;
        this.tally = tally;
    }

    synchronized void note(Seen event) {
        events.add(event);
        // An attempt that got nowhere ends too, and takes nothing away from those who are connected.
        if (!(event instanceof Seen.Lost) || connected) {
            tally.count(event);
        }
        connected = event instanceof Seen.Connected || connected && !(event instanceof Seen.Lost);
    }

    synchronized Witness read() {
        return new Witness(client, condition, channels, List.copyOf(events));
    }
}
