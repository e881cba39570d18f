package io.carillon.apigateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Stands for @connections: answers 200, or what a test scripted for the next calls of a method, and notes what it got. */
final class ScriptedCallbackApi implements AutoCloseable {

    private static final Map<Integer, String> ERRORS = Map.of(
            410, "GoneException",
            429, "LimitExceededException",
            403, "ForbiddenException",
            413, "PayloadTooLargeException");

    /** What arrived: {@code POST /live/@connections/…} and so on, with the path as it was sent. */
    record Call(String method, String path, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Queue<Integer>> script = new HashMap<>();
    private final Map<String, Integer> always = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private Semaphore permits = new Semaphore(Integer.MAX_VALUE);
    private int held;
    private int mostHeld;

    ScriptedCallbackApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("No free port", e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/live");
    }

    /** Answers the next calls of a method with these statuses, then 200 again. */
    synchronized void next(String method, int... statuses) {
        for (int status : statuses) {
            script.computeIfAbsent(method, key -> new ArrayDeque<>()).add(status);
        }
    }

    synchronized void always(String method, int status) {
        always.put(method, status);
    }

    /** Answers nobody until the returned permits allow. */
    synchronized Semaphore hold() {
        permits = new Semaphore(0);
        return permits;
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    long count(String method) {
        return calls().stream().filter(call -> call.method().equals(method)).count();
    }

    synchronized int held() {
        return held;
    }

    synchronized int mostHeld() {
        return mostHeld;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Call call = new Call(
                    exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), body);
            int status = arrive(call);
            permits().acquireUninterruptibly();
            leave();
            byte[] answer = status == 200 && call.method().equals("GET")
                    ? "{\"connectedAt\":\"2026-11-24T07:00:00.000Z\"}".getBytes(StandardCharsets.UTF_8)
                    : new byte[0];
            if (ERRORS.containsKey(status)) {
                exchange.getResponseHeaders().add("x-amzn-ErrorType", ERRORS.get(status));
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private synchronized Semaphore permits() {
        return permits;
    }

    private synchronized int arrive(Call call) {
        calls.add(call);
        held++;
        mostHeld = Math.max(mostHeld, held);
        Queue<Integer> scripted = script.getOrDefault(call.method(), new ArrayDeque<>());
        return scripted.isEmpty() ? always.getOrDefault(call.method(), 200) : scripted.remove();
    }

    private synchronized void leave() {
        held--;
    }
}
