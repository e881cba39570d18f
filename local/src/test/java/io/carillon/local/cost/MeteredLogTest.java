package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.session.FrameHandler;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MeteredLogTest {

    @Test
    void shouldCountWhatHandlersLogAndNothingOfTheLocalRuntime() {
        Counters counters = new Counters();
        try (MeteredLog log = new MeteredLog(counters)) {
            log.attach();

            LoggerFactory.getLogger(MeteredLogTest.class).warn("Not a handler's");
            assertThat(counters.sums().get(Billed.LOG_GIGABYTES)).isZero();

            LoggerFactory.getLogger(FrameHandler.class).warn("x".repeat(1_000));
        }
        LoggerFactory.getLogger(FrameHandler.class).warn("after the end");

        // The message, and some 200 bytes around it.
        double bytes = counters.sums().get(Billed.LOG_GIGABYTES) * (1L << 30);
        assertThat(bytes).isBetween(1_150.0, 1_300.0);
    }
}
