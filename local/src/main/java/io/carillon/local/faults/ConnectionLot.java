package io.carillon.local.faults;

import java.util.SplittableRandom;

/** Draws by lot whether a connection is one of those that a fault is for; always the same for one connection. */
record ConnectionLot(String connection) {

    double draw(long seed) {
        return new SplittableRandom(seed * 31 + connection.hashCode()).nextDouble();
    }
}
