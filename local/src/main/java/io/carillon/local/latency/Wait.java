package io.carillon.local.latency;

import java.time.Duration;

/** Tells the time and lets it pass. */
public interface Wait {

    long nanoTime();

    void sleep(Duration time) throws InterruptedException;

    /** The time of this machine. */
    Wait REAL = new Wait() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }
    };
}
