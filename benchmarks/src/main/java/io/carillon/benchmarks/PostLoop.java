package io.carillon.benchmarks;

import java.io.IOException;
import java.time.Duration;

/** Posts for a while, as fast as it can. */
interface PostLoop extends AutoCloseable {

    /** How many posts may be without an answer; beyond that the SDK's client only slows down. */
    int IN_FLIGHT = 200;

    String name();

    /** Posts for about this long, waits for the last answers, and gives how many posts there were. */
    long run(Duration time) throws IOException, InterruptedException;

    @Override
    void close();
}
