package io.carillon.local.load;

import java.net.URI;
import java.util.Locale;

/** What carries the frames of a client. */
enum Transport {
    WEBSOCKET {
        @Override
        Wire wire(Wire.Owner owner) {
            return new SocketWire(owner);
        }

        @Override
        URI address(Target target) {
            return target.webSocket();
        }
    },
    LONG_POLL {
        @Override
        Wire wire(Wire.Owner owner) {
            return new PollWire(owner);
        }

        @Override
        URI address(Target target) {
            return target.longPoll();
        }
    };

    /** Stands for some of each. */
    static final String MIXED = "mixed";

    abstract Wire wire(Wire.Owner owner);

    /** Where clients connect. */
    abstract URI address(Target target);

    /** How a scenario names it. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
