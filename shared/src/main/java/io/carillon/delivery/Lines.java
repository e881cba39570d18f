package io.carillon.delivery;

import io.carillon.events.FrameWriter;
import io.carillon.events.Push;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The lines that one delivery has for all subscribers of its shard, in order. */
final class Lines {

    /**
     * One line.
     *
     * @param joinLeave whether only those get it who asked for joins and leaves
     */
    record Line(String text, boolean joinLeave) {}

    private final String channel;
    private final List<Line> lines = new ArrayList<>();
    private long oldest;

    Lines(String channel) {
        this.channel = channel;
    }

    void add(Push push) {
        if (push instanceof Push.Pub(var publication)) {
            oldest = oldest == 0 ? publication.time() : Math.min(oldest, publication.time());
        }
        lines.add(new Line(FrameWriter.push(channel, push), push instanceof Push.Join || push instanceof Push.Leave));
    }

    /** When the oldest publication among them was published, in milliseconds since 1970; 0 if there is none. */
    long oldest() {
        return oldest;
    }

    int size() {
        return lines.size();
    }

    List<Line> stretch(int from, int to) {
        return Collections.unmodifiableList(lines.subList(from, to));
    }
}
