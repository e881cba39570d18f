package io.carillon.local.load;

import io.carillon.local.load.Observed.Witness;
import java.util.ArrayList;
import java.util.List;

/** Keeps what one client saw, in that order. Safe for use by several threads. */
final class Diary {

    private final String client;
    private final List<String> channels;
    private final Tally tally;
    private final List<Seen> events = new ArrayList<>();

    Diary(String client, List<String> channels, Tally tally) {
        this.client = client;
        this.channels = channels;
        this.tally = tally;
    }

    synchronized void note(Seen event) {
        events.add(event);
        tally.count(event);
    }

    synchronized Witness read() {
        return new Witness(client, channels, List.copyOf(events));
    }
}
