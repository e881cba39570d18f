package io.carillon.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function in a JVM of its own, under AWS's runtime interface client, with the options that the reference measurements
 * of the design have.
 */
final class FunctionProcess {

    private static final String RUNTIME = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    private static final List<String> RUNTIME_JARS = List.of("aws-lambda-java-", "utils-lite-");

    /** What a function logs that starts without being primed. */
    private static final String UNPRIMED = "could not be primed";

    private FunctionProcess() {}

    /** What a function's heap may be in the measurements of time, in MB: more than any needs. */
    private static final int AMPLE_HEAP = 512;

    /**
     * How long it took, in milliseconds.
     *
     * @param coldStart from the start of the JVM to the first answer
     * @param first the first invocation by itself
     * @param last the last
     * @param mean one of the second half of all, on average
     * @param footprint what the second half took of the processor, and the process of the memory
     */
    record Times(double coldStart, double first, double last, double mean, ProcessFootprint footprint) {}

    /** Starts a function, invokes it so often, and ends it. */
    static Times measure(
            Class<?> handler, String classPath, Map<String, String> environment, IntFunction<String> events, int times)
            throws IOException, InterruptedException {
        return measure(handler, classPath, environment, events, times, AMPLE_HEAP, false);
    }

    /**
     * The same with a snapshot in between: the runtime calls the function's hooks, which prime it, then waits to be
     * restored, and goes on at once.
     */
    static Times measureRestored(
            Class<?> handler, String classPath, Map<String, String> environment, IntFunction<String> events, int times)
            throws IOException, InterruptedException {
        Map<String, String> withSnapshot = new HashMap<>(environment);
        withSnapshot.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return measure(handler, classPath, withSnapshot, events, times, AMPLE_HEAP, true);
    }

    /** The first with a heap of so many MB. */
    static Times measure(
            Class<?> handler,
            String classPath,
            Map<String, String> environment,
            IntFunction<String> events,
            int times,
            int heap)
            throws IOException, InterruptedException {
        return measure(handler, classPath, environment, events, times, heap, false);
    }

    private static Times measure(
            Class<?> handler,
            String classPath,
            Map<String, String> environment,
            IntFunction<String> events,
            int times,
            int heap,
            boolean isRestored)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("carillon-bench", ".log");
        try (RuntimeApi api = new RuntimeApi()) {
            long began = System.nanoTime();
            Process process = start(handler, classPath, environment, heap, api, log);
            try {
                RuntimeApi.Answer first = api.invoke(events.apply(0), process::isAlive);
                if (api.wasRestored() != isRestored) {
                    throw new IOException("The runtime should restore a snapshot only where there is one");
                }
                RuntimeApi.Answer last = first;
                int half = times / 2;
                double sum = 0;
                ProcessFootprint warm = ProcessFootprint.of(process.pid());
                for (int i = 1; i < times; i++) {
                    if (i == half) {
                        warm = ProcessFootprint.of(process.pid());
                    }
                    last = api.invoke(events.apply(i), process::isAlive);
                    sum += i < half ? 0 : millis(last);
                }
                ProcessFootprint all = ProcessFootprint.of(process.pid());
                int counted = Math.max(1, times - half);
                if (Files.readString(log).contains(UNPRIMED)) {
                    throw new IOException("The function was not primed before its snapshot");
                }
                return new Times(
                        (first.answered() - began) / 1e6,
                        millis(first),
                        millis(last),
                        sum / counted,
                        all.since(warm, counted));
            } catch (IOException e) {
                throw new IOException(e.getMessage() + "; it printed:\n" + Files.readString(log), e);
            } finally {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static Process start(
            Class<?> handler, String classPath, Map<String, String> environment, int heap, RuntimeApi api, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ServerProcess.java(),
                        "-Xmx" + heap + "m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED",
                        // As in Lambda: without it the hooks are registered with nobody.
                        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                        "-cp",
                        classPath + File.pathSeparator + runtime(),
                        RUNTIME,
                        handler.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        builder.environment().put("_HANDLER", handler.getName());
        return builder.start();
    }

    /** The jars that Lambda's own image has. */
    private static String runtime() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> RUNTIME_JARS.stream().anyMatch(new File(entry).getName()::startsWith))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static double millis(RuntimeApi.Answer answer) {
        return (answer.answered() - answer.handedOut()) / 1e6;
    }
}
