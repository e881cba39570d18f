package io.carillon.local.backends;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TransferQueue;

/**
 * Serves Lambda's Runtime API to one process, which asks for one event after the other and answers each.
 *
 * <p>Safe for use by several threads; one invocation at a time.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda's Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {

    private static final String BASE = "/2018-06-01/runtime/";

    private final TransferQueue<Invocation> next = new LinkedTransferQueue<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile CompletableFuture<Outcome> current = new CompletableFuture<>();
    private volatile boolean isBusy;

    /** An event with what goes along in headers. */
    record Invocation(String arn, String event, String clientContext, long deadlineMillis) {}

    RuntimeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext(BASE, this::handle);
        server.start();
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Completes when the process asks for its first event; exceptionally if it does not get that far. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Whether the last event has not been answered. */
    boolean isBusy() {
        return isBusy;
    }

    CompletableFuture<Outcome> invoke(Invocation invocation) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        current = outcome;
        isBusy = true;
        next.add(invocation);
        return outcome;
    }

    /** Ends what is under way: the process is gone. */
    void fail(String type, String message) {
        Outcome failed = Outcome.failed(type, message);
        ready.completeExceptionally(new InitFailed(failed));
        current.complete(failed);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(BASE.length());
            if (path.equals("invocation/next")) {
                ready.complete(null);
                give(exchange, next.take());
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (path.substring(path.lastIndexOf('/') + 1)) {
                case "response" -> end(Outcome.returned(body));
                case "error" -> {
                    Outcome failed = Outcome.failed(body);
                    ready.completeExceptionally(new InitFailed(failed));
                    end(failed);
                }
                default -> {
                    exchange.sendResponseHeaders(404, -1);
                    return;
                }
            }
            exchange.sendResponseHeaders(202, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Outcome outcome) {
        isBusy = false;
        current.complete(outcome);
    }

    private static void give(HttpExchange exchange, Invocation invocation) throws IOException {
        byte[] event = invocation.event().getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadlineMillis()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.arn());
        if (!invocation.clientContext().isEmpty()) {
            headers.set("Lambda-Runtime-Client-Context", invocation.clientContext());
        }
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
