package io.carillon.scenarios;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.local.LocalRuntime;
import io.carillon.local.gateway.CallbackGate;
import io.carillon.local.gateway.CallbackGate.Verdict;
import io.carillon.local.gateway.DisconnectPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lets scenarios tamper with the runtime over HTTP: {@code POST /verb?argument}. */
final class Control implements AutoCloseable {

    private final LocalRuntime runtime;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    private Control(LocalRuntime runtime, HttpServer server) {
        this.runtime = runtime;
        this.server = server;
        CallbackGate quota = CallbackGate.accountRate();
        runtime.gateway()
                .policies()
                .callbacks((method, connection) -> method.equals("POST") && refused.contains(connection)
                        ? Verdict.LIMIT_EXCEEDED
                        : quota.judge(method, connection));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static Control of(LocalRuntime runtime) {
        try {
            return new Control(
                    runtime, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            String verb = exchange.getRequestURI().getPath().substring(1);
            int status = 200;
            String answer;
            try {
                answer = carryOut(verb, query == null ? "" : URLDecoder.decode(query, StandardCharsets.UTF_8));
            } catch (RuntimeException e) {
                status = 500;
                answer = e.toString();
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String carryOut(String verb, String argument) {
        switch (verb) {
            case "beat" -> runtime.beat();
            case "disconnects" ->
                runtime.gateway()
                        .policies()
                        .disconnects(argument.equals("never") ? DisconnectPolicy.never() : DisconnectPolicy.prompt());
            case "refuse" -> refused.add(argument);
            case "accept" -> refused.remove(argument);
            case "cut" -> {
                if (!runtime.gateway().cut(argument)) {
                    throw new IllegalArgumentException("No such connection: " + argument);
                }
            }
            case "connections" -> {
                return String.join("\n", runtime.gateway().connectionIds());
            }
            default -> throw new IllegalArgumentException("No such verb: " + verb);
        }
        return "";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
