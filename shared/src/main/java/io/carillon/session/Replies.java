package io.carillon.session;

import io.carillon.events.FrameWriter;
import io.carillon.events.Framing;
import io.carillon.events.ProtocolError;
import io.carillon.events.Result;
import io.carillon.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;

/** Gathers the replies to one frame. A result that no message can hold becomes error 106. */
final class Replies {

    private final List<String> lines = new ArrayList<>();
    private final Metrics metrics;

    Replies(Metrics metrics) {
        this.metrics = metrics;
    }

    void add(long command, Result result) {
        String line = FrameWriter.reply(command, result);
        if (Framing.utf8Length(line) > Framing.MAX_MESSAGE) {
            refuse(command, ProtocolError.LIMIT_EXCEEDED);
        } else {
            lines.add(line);
        }
    }

    void refuse(long command, ProtocolError error) {
        metrics.code(error.code());
        lines.add(FrameWriter.error(command, error));
    }

    List<String> lines() {
        return lines;
    }
}
