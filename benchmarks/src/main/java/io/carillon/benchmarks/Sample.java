package io.carillon.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What one round came to.
 *
 * @param posts how many were answered
 * @param nanos how long it took
 * @param cpuNanos what it cost this process on all its threads, the SDK's native ones and the JVM's own included
 */
record Sample(long posts, long nanos, long cpuNanos) {

    static Sample of(PostLoop loop, Duration time) throws IOException, InterruptedException {
        long cpu = processCpu();
        long began = System.nanoTime();
        long posts = loop.run(time);
        return new Sample(posts, System.nanoTime() - began, processCpu() - cpu);
    }

    private static long processCpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    double perSecond() {
        return posts * 1e9 / nanos;
    }

    double cpuMicros() {
        return cpuNanos / 1e3 / posts;
    }

    /** Posts per second of one core that does nothing else. */
    double perCore() {
        return posts * 1e9 / cpuNanos;
    }
}
