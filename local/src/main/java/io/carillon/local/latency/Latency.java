package io.carillon.local.latency;

import io.carillon.local.Probes;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.gateway.GatewayPace;
import java.time.Duration;
import java.util.List;

/**
 * Delays what a local runtime does by what a model says that it takes in AWS, less what it took here. Threads that call
 * wait; messages to clients wait without a thread, and keep their order.
 *
 * <p>Safe for use by several threads.
 */
public final class Latency {

    private final Draws draws;
    private volatile boolean paused;

    /**
     * Draws from a model.
     *
     * @param seed decides the delays
     */
    public Latency(LatencyModel model, long seed) {
        this.draws = new Draws(model, seed);
    }

    /** Gives settings with these delays around what they hold already. */
    public RuntimeSettings in(RuntimeSettings settings) {
        return settings.withProbes(probes().around(settings.probes()));
    }

    /** Gives what delays, to stand farther from the services than what counts. */
    public Probes probes() {
        DelayedCalls calls = new DelayedCalls(this::next, Wait.REAL);
        return new Probes(calls, calls, function -> new DelayedFunction(function, this), List.of(), new Pace());
    }

    /** Stops delaying, or goes on: for warming up. */
    public void pause(boolean on) {
        paused = on;
    }

    Duration next(Hop hop) {
        return paused ? Duration.ZERO : draws.next(hop);
    }

    Duration coldStart() {
        return paused ? Duration.ZERO : draws.coldStart();
    }

    private final class Pace implements GatewayPace {

        @Override
        public Duration inbound() {
            return next(Hop.WEBSOCKET_IN);
        }

        @Override
        public Duration reply() {
            return next(Hop.WEBSOCKET_OUT);
        }

        @Override
        public Duration request() {
            return next(Hop.HTTP_API);
        }

        @Override
        public Duration accepted() {
            return next(Hop.CONNECTIONS_POST);
        }

        @Override
        public Duration delivered() {
            return next(Hop.CONNECTIONS_DELIVER);
        }
    }
}
