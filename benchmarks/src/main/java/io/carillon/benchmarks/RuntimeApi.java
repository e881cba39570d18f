package io.carillon.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The Runtime API of Lambda, as far as a function needs it: hands out events, one at a time, and takes the answers.
 * Source: AWS Lambda developer guide, "Using the Lambda runtime API".
 */
final class RuntimeApi implements AutoCloseable {

    private static final String INVOCATIONS = "/2018-06-01/runtime/invocation/";
    private static final String RESTORE = "/2018-06-01/runtime/restore/next";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** When an event was handed out and when it was answered, in the nanoseconds of {@link System#nanoTime}. */
    record Answer(long handedOut, long answered, boolean failed, String text) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private volatile long handedOut;
    private volatile boolean restored;

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** What a function has to be told: host and port. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Invokes the function, and waits for its answer.
     *
     * @param isAlive whether there is still anybody who could answer
     */
    Answer invoke(String event, BooleanSupplier isAlive) throws IOException, InterruptedException {
        events.add(event);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Answer answer = answers.poll(1, TimeUnit.SECONDS);
        while (answer == null && isAlive.getAsBoolean() && System.nanoTime() - deadline < 0) {
            answer = answers.poll(1, TimeUnit.SECONDS);
        }
        if (answer == null || answer.failed()) {
            throw new IOException("The function did not answer: " + (answer == null ? "no response" : answer.text()));
        }
        return answer;
    }

    /** Whether the function has asked for the moment after its snapshot, which it does when its hooks have run. */
    boolean wasRestored() {
        return restored;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(INVOCATIONS + "next")) {
                handOut(exchange);
            } else if (path.equals(RESTORE)) {
                restored = true;
                exchange.sendResponseHeaders(200, -1);
            } else {
                long now = System.nanoTime();
                String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(202, -1);
                answers.add(new Answer(handedOut, now, !path.endsWith("/response"), text));
            }
        }
    }

    private void handOut(HttpExchange exchange) throws IOException {
        try {
            byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
            // Without a content type the client's native part crashes.
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "request");
            exchange.getResponseHeaders()
                    .add("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 30_000));
            exchange.getResponseHeaders()
                    .add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:000000000000:function:bench");
            handedOut = System.nanoTime();
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
