package io.carillon.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process has taken, as Linux's {@code /proc} has it.
 *
 * @param cpuMillis of all processors together, in steps of 10 ms
 * @param peakMb the most of the machine's memory at any time
 */
record ProcessFootprint(double cpuMillis, double peakMb) {

    /** Of a tick, as every Linux that Java runs on counts them. */
    private static final double MILLIS = 10;

    static ProcessFootprint of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(process.resolve("stat"));
        // The name may hold spaces: what follows it is counted, user and system time 12th and 13th.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            double peak = lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
            return new ProcessFootprint(ticks * MILLIS, peak);
        }
    }

    /** The processor's time since an earlier moment, for each of so many; the memory as it is. */
    ProcessFootprint since(ProcessFootprint earlier, int many) {
        return new ProcessFootprint((cpuMillis - earlier.cpuMillis) / many, peakMb);
    }
}
