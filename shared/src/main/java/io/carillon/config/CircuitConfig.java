package io.carillon.config;

import java.time.Duration;

/** Holds the section {@code carillon.proxy_circuit}: when a backend that fails is left alone. */
public record CircuitConfig(
        @Key(
                value =
                        "After how many failures in a row a backend is no longer asked; 0 means that it always is. Errors "
                                + "and disconnects that the backend answers are no failures. Counted in each function instance "
                                + "for itself, and for each endpoint.",
                initial = "5")
        int failures,

        @Key(
                value = "For how long it is not asked. Then one request tries it: if that succeeds, the others follow.",
                initial = "10s",
                shortest = "1ms")
        Duration openFor) {}
