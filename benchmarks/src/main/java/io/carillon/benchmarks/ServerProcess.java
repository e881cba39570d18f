package io.carillon.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Runs {@link AnsweringServer} in a JVM of its own. */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one that answers each request after {@code delay}, and waits until it listens. */
    static ServerProcess start(Duration delay) throws IOException {
        Process process = new ProcessBuilder(
                        java(),
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnsweringServer.class.getName(),
                        Long.toString(delay.toMillis()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader();
        String port = said.readLine();
        if (port == null) {
            throw new IOException("The answering server did not start; see what it printed");
        }
        return new ServerProcess(process, Integer.parseInt(port));
    }

    /** The java of this process. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    int port() {
        return port;
    }

    /** The address that posts go to, shaped as API Gateway's with its stage. */
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port + "/live");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
