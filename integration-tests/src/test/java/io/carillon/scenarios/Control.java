package io.carillon.scenarios;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.local.LocalRuntime;
import io.carillon.local.gateway.CallbackGate;
import io.carillon.local.gateway.CallbackGate.Verdict;
import io.carillon.local.gateway.DisconnectPolicy;
import io.carillon.local.gateway.FrameSchedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** Lets scenarios tamper with the runtime over HTTP: {@code POST /verb?argument}. */
final class Control implements AutoCloseable {

    private static final long LONGEST_HOLD_MILLIS = 40;

    private final LocalRuntime runtime;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();

    private Control(LocalRuntime runtime, HttpServer server) {
        this.runtime = runtime;
        this.server = server;
        CallbackGate quota = CallbackGate.accountRate();
        runtime.gateway()
                .policies()
                .callbacks((method, connection) ->
                        faults(method, connection).orElseGet(() -> quota.judge(method, connection)));
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

    private Optional<Verdict> faults(String method, String connection) {
        return method.equals("POST") ? Optional.ofNullable(verdicts.get(connection)) : Optional.empty();
    }

    private String carryOut(String verb, String argument) {
        switch (verb) {
            case "beat" -> runtime.beat();
            case "webhook" -> runtime.subscribe(URI.create(argument));
            case "disconnects" ->
                runtime.gateway()
                        .policies()
                        .disconnects(argument.equals("never") ? DisconnectPolicy.never() : DisconnectPolicy.prompt());
            case "refuse" -> verdicts.put(argument, Verdict.LIMIT_EXCEEDED);
            case "deny" -> verdicts.put(argument, Verdict.GONE);
            case "accept" -> verdicts.remove(argument);
            case "frames" ->
                runtime.gateway()
                        .policies()
                        .frames(argument.equals("shuffled") ? Control::shuffle : FrameSchedule.immediate());
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

    /** Holds every frame for another while, so that they overtake each other. */
    private static void shuffle(String connection, long number, String text) throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_HOLD_MILLIS));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
