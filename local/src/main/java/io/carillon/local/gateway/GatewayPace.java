package io.carillon.local.gateway;

import java.time.Duration;

/**
 * Says how long API Gateway takes for each thing it does, once for each time it does it; zero for at once. Messages to
 * one connection keep their order, whatever it says. Must not block; called by many threads at once.
 */
public interface GatewayPace {

    /** From a client's message to the invocation of the function behind its route. */
    default Duration inbound() {
        return Duration.ZERO;
    }

    /** From a route's answer to the client. */
    default Duration reply() {
        return Duration.ZERO;
    }

    /** From a request to the HTTP API to the invocation of the function behind it. */
    default Duration request() {
        return Duration.ZERO;
    }

    /** From a POST to {@code @connections} to its answer to the caller. */
    default Duration accepted() {
        return Duration.ZERO;
    }

    /** From a POST to {@code @connections} to the client. */
    default Duration delivered() {
        return Duration.ZERO;
    }

    /** Takes as long as both together. */
    static GatewayPace sum(GatewayPace one, GatewayPace other) {
        return new GatewayPace() {
            @Override
            public Duration inbound() {
                return one.inbound().plus(other.inbound());
            }

            @Override
            public Duration reply() {
                return one.reply().plus(other.reply());
            }

            @Override
            public Duration request() {
                return one.request().plus(other.request());
            }

            @Override
            public Duration accepted() {
                return one.accepted().plus(other.accepted());
            }

            @Override
            public Duration delivered() {
                return one.delivered().plus(other.delivered());
            }
        };
    }

    /** Does everything at once. */
    static GatewayPace immediate() {
        return new GatewayPace() {};
    }
}
